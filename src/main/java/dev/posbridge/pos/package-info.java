/**
 * The canonical model: what a till says, in the field's own words (NRF/ARTS), before anything is translated to Gameball.
 * Data are records, validated at birth; a {@link dev.posbridge.pos.Position} travels with each.
 */
package dev.posbridge.pos;
