/**
 * A first profile for a file that nobody here has seen before: {@link dev.posbridge.vendor.draft.FileLook} finds out how
 * it is written, {@link dev.posbridge.vendor.draft.ColumnRoles} what its columns mean, {@link
 * dev.posbridge.vendor.draft.ProfileDraft} writes both down with the reasons. What it cannot know it says.
 */
package dev.posbridge.vendor.draft;
