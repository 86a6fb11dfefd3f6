package dev.posbridge.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** By what a file is known again while it lies where it lies: another of the same name has another stamp. */
record FileStamp(Object key, long size, FileTime modified) {
    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    /** Whether it is this very file, unchanged, that lies there now. */
    boolean isStillAt(Path file) throws IOException {
        try {
            return equals(of(file));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
