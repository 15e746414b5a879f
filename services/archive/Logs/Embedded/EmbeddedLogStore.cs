using Sigma.Archive.Files;
using Sigma.Archive.Logs.Tail;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>Lines in SQLite files by day, written by one thread.</summary>
internal sealed class EmbeddedLogStore(ArchiveFolder folder, EmbeddedLogSearch search, LiveTail tail, TimeProvider time,
    ILogger<EmbeddedLogStore> log) : ILogStore, IAsyncDisposable
{
    // A group's lines are held in memory once more while they are written; more would not make it faster.
    const int HeaviestGroup = 30_000;

    // Late lines come for a few days at most at the same time.
    const int MostOpen = 6;

    readonly LogBlockWriter _blocks = new();
    readonly Dictionary<(bool Notable, DateOnly Day), LogFile> _open = [];
    readonly Lock _writing = new();
    GroupCommit<LinesToStore>? _group;

    GroupCommit<LinesToStore> Group => LazyInitializer.EnsureInitialized(ref _group,
        () => new GroupCommit<LinesToStore>(Write, batch => batch.Lines.Count, HeaviestGroup));

    public Task Store(LinesToStore batch, CancellationToken ct) => Group.Store(batch, ct);

    public Task<LinesFound> Search(LogQuery query, LogRange range, LineId? before, int limit, CancellationToken ct) =>
        search.Search(query, range, before, limit, ct);

    public Task<LinesCounted> Count(LogQuery query, LogRange range, int parts, CancellationToken ct) => search.Count(query, range, parts, ct);

    public Task<FoundLine?> Line(LineId id, CancellationToken ct) => search.Line(id, ct);

    /// <summary>Deletes the files of a kind whose day is before another. Returns how many.</summary>
    public int DropBefore(bool notable, DateOnly day)
    {
        var dropped = 0;
        foreach (var old in folder.DaysOf(LogFiles.KindOf(notable)).Where(old => old < day))
            lock (_writing)
            {
                Close((notable, old));
                SqliteFile.Delete(folder.PathOf(notable, old));
                dropped++;
            }
        folder.DropAsideBefore(LogFiles.KindOf(notable), day);
        return dropped;
    }

    public async ValueTask DisposeAsync()
    {
        if (_group is not null)
            await _group.DisposeAsync();
        lock (_writing)
            foreach (var file in _open.Keys.ToList())
                Close(file);
    }

    IReadOnlyList<Exception?> Write(IReadOnlyList<LinesToStore> batches)
    {
        var failures = new Exception?[batches.Count];
        Dictionary<(bool Notable, DateOnly Day), List<int>> files = [];
        for (var index = 0; index < batches.Count; index++)
            foreach (var file in batches[index].Lines.Select(FileOf).Distinct())
            {
                if (!files.TryGetValue(file, out var ofFile))
                    files[file] = ofFile = [];
                ofFile.Add(index);
            }
        foreach (var (file, indexes) in files)
            try
            {
                Write(file, [.. indexes.Select(index => batches[index])]);
            }
            catch (Exception e) // the other files' lines are stored; the messages of this one come again
            {
                foreach (var index in indexes)
                    failures[index] = e;
            }
        return failures;
    }

    void Write((bool Notable, DateOnly Day) file, IReadOnlyList<LinesToStore> batches)
    {
        List<StoredLine> lines = [];
        lock (_writing)
            try
            {
                var isNew = Open(file).Store([.. batches.Select(batch => batch.BatchId)], isNew =>
                {
                    for (var index = 0; index < batches.Count; index++)
                        if (isNew[index])
                            lines.AddRange(batches[index].Lines.Where(line => FileOf(line) == file));
                    // Stable: lines of one moment stay as their sender wrote them.
                    lines = [.. lines.OrderBy(line => line.Ticks)];
                    return _blocks.Cut(lines);
                });
                ArchiveTelemetry.LogDuplicates.Add(isNew.Count(fresh => !fresh));
            }
            catch (Exception e)
            {
                // On a full disk it stays open: without room for what SQLite keeps beside it, it could not even be searched.
                if (!SqliteFile.IsFull(e))
                    Close(file); // whatever state it is in: the next try opens it anew
                if (SqliteFile.IsCorrupt(e))
                    PutAside(file, e);
                throw;
            }
        ArchiveTelemetry.LinesStored.Add(lines.Count);
        tail.Send(lines);
    }

    void PutAside((bool Notable, DateOnly Day) file, Exception e)
    {
        var path = folder.PathOf(file.Notable, file.Day);
        log.LogError("{File} is damaged ({Reason}); it is kept as {Aside} and a new one is begun, so its lines are not found any more",
            path, e.Message, SqliteFile.PutAside(path, e.Message, time.GetUtcNow()));
    }

    LogFile Open((bool Notable, DateOnly Day) file)
    {
        if (_open.TryGetValue(file, out var open))
            return open;
        if (_open.Count >= MostOpen)
            Close(_open.Keys.MinBy(key => key.Day));
        return _open[file] = new LogFile(folder.PathOf(file.Notable, file.Day));
    }

    void Close((bool Notable, DateOnly Day) file)
    {
        if (_open.Remove(file, out var open))
            open.Dispose();
    }

    static (bool Notable, DateOnly Day) FileOf(StoredLine line) => (line.Level.IsNotable(), LogFiles.DayOf(line.Ticks));
}
