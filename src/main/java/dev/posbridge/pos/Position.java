package dev.posbridge.pos;

/**
 * Where something was found.
 *
 * @param file name of the file, or of the queue for a message; never a path
 * @param line first line of the record, from 1; 0 where the whole file is meant
 * @param column field within the row, from 1; 0 where the whole row is meant
 */
public record Position(String file, long line, int column) {
    public static Position ofFile(String file) {
        return new Position(file, 0, 0);
    }

    public static Position ofRow(String file, long line) {
        return new Position(file, line, 0);
    }

    public Position atColumn(int number) {
        return new Position(file, line, number);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
