using Sigma.Archive.Files;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>Names and schema of the files of lines. A day has two: what is kept for long, and the rest.</summary>
internal static class LogFiles
{
    public const int Version = 1;

    public const string Notable = "notable", Routine = "routine";

    public const string Schema = """
        create table blocks(id integer primary key, first integer not null, last integer not null, lines integer not null, head blob not null,
            body blob not null);
        create index ix_blocks_last on blocks(last, first);
        create table batches(id blob primary key) without rowid;
        create virtual table terms using fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')
        """;

    public static string KindOf(bool notable) => notable ? Notable : Routine;

    public static DateOnly DayOf(long ticks) => DateOnly.FromDateTime(StoredLine.TimeOf(ticks).UtcDateTime);

    public static string PathOf(this ArchiveFolder folder, bool notable, DateOnly day) => folder.FileOf(KindOf(notable), day);
}
