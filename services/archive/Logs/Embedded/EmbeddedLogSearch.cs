using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Sigma.Archive.Files;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>
/// Finds lines in the files: the index of a file names the blocks that may have some, and the lines of these are looked at, the latest block first,
/// until the page is full or the time is up.
/// </summary>
internal sealed class EmbeddedLogSearch(ArchiveFolder folder, IOptions<ArchiveOptions> options, ILogger<EmbeddedLogSearch> log)
{
    // Of a page, however many lines it may have.
    const int MostCharacters = 4 * 1024 * 1024;

    public Task<LinesFound> Search(LogQuery query, LogRange range, LineId? before, int limit, CancellationToken ct) => Run(deadline =>
    {
        if (before is { } end && end.Ticks < range.To)
            range = range with { To = end.Ticks + 1 }; // the lines of that moment are told apart by the rest of the id
        LineMatcher matcher = new(query);
        PriorityQueue<(LineId Id, StoredLine Line), LineId> page = new(); // the oldest first
        long? reached = null;
        // One more than the page has, which says that there are more; fewer where they are long.
        var (most, characters) = (limit + 1, 0L);
        foreach (var block in Blocks(query, range, deadline))
        {
            if (page.Count >= most && block.Last < page.Peek().Id.Ticks)
                break;
            if (deadline.IsCancellationRequested)
            {
                reached = block.Last;
                break;
            }
            LineId? oldest = page.Count >= most ? page.Peek().Id : null;
            foreach (var (id, line) in Readable(block, () => Lines(block, matcher, range, before, oldest)) ?? [])
            {
                page.Enqueue((id, line), id);
                characters += line.Line.Text.Length;
                while (page.Count > most || (characters > MostCharacters && page.Count > 2))
                {
                    characters -= page.Dequeue().Line.Line.Text.Length;
                    most = Math.Min(most, Math.Max(page.Count, 2));
                }
            }
        }
        return PageOf(page, most - 1, reached);
    }, ct);

    public Task<LinesCounted> Count(LogQuery query, LogRange range, int parts, CancellationToken ct) => Run(deadline =>
    {
        LineMatcher matcher = new(query);
        var counts = new long[parts][];
        for (var part = 0; part < parts; part++)
            counts[part] = new long[LineLevels.Count];
        foreach (var block in Blocks(query, range, deadline))
        {
            if (deadline.IsCancellationRequested)
                return new LinesCounted(counts, block.Last);
            if (Readable(block, () => Narrow(block, matcher, range)) is not var (lines, accepted, _))
                continue;
            for (var index = 0; index < lines.Count; index++)
                if (accepted[index])
                    counts[(int)((Int128)(lines.TicksOf(index) - range.From) * parts / (range.To - range.From))][(int)lines.LevelOf(index)]++;
        }
        return new LinesCounted(counts, null);
    }, ct);

    public Task<FoundLine?> Line(LineId id, CancellationToken ct) => Run(_ =>
    {
        using var file = LogFileReader.Open(folder.PathOf(id.IsNotable, LogFiles.DayOf(id.Ticks)), id.IsNotable);
        if (file?.First(id.Block) is not { } first || file.Head(id.Block) is not { } head || file.Body(id.Block) is not { } body)
            return null;
        LogBlockReader lines = new(first, head);
        return id.Index < lines.Count && lines.TicksOf(id.Index) == id.Ticks ? new FoundLine(id, lines.Lines(body, [id.Index])[0]) : null;
    }, ct);

    static LinesFound PageOf(PriorityQueue<(LineId Id, StoredLine Line), LineId> page, int limit, long? reached)
    {
        List<FoundLine> lines = new(page.Count);
        while (page.TryDequeue(out var line, out _))
            // Of the moment at which the time was up, and before it, there may be more.
            if (reached is null || line.Id.Ticks > reached)
                lines.Add(new FoundLine(line.Id, line.Line));
        lines.Reverse();
        if (lines.Count > limit)
            return new LinesFound(lines[..limit], lines[limit - 1].Id, IsComplete: true);
        return new LinesFound(lines, reached is { } ticks ? LineId.Above(ticks) : null, IsComplete: reached is null);
    }

    static IReadOnlyList<(LineId Id, StoredLine Line)> Lines(BlockPlace block, LineMatcher matcher, LogRange range, LineId? before, LineId? oldest)
    {
        if (Narrow(block, matcher, range) is not var (lines, accepted, body))
            return [];
        List<int> wanted = [];
        for (var index = 0; index < lines.Count; index++)
            if (accepted[index] && IdOf(index) is var id && (before is null || id.CompareTo(before.Value) < 0)
                && (oldest is null || id.CompareTo(oldest.Value) > 0))
                wanted.Add(index);
        if (wanted.Count == 0 || (body ?? block.File.Body(block.Id)) is not { } texts)
            return [];
        return [.. lines.Lines(texts, wanted).Select((line, at) => (IdOf(wanted[at]), line))];

        LineId IdOf(int index) => new(lines.TicksOf(index), block.File.IsNotable, block.Id, index);
    }

    /// <summary>Which lines of a block are found; null when none is, as far as its head says.</summary>
    static NarrowedBlock? Narrow(BlockPlace block, LineMatcher matcher, LogRange range)
    {
        if (block.File.Head(block.Id) is not { } head)
            return null;
        LogBlockReader lines = new(block.First, head);
        var accepted = lines.Narrow(matcher, range.From, range.To, out var askBody);
        if (!accepted.AsSpan().Contains(true))
            return null;
        if (!askBody)
            return new NarrowedBlock(lines, accepted, null);
        if (block.File.Body(block.Id) is not { } body)
            return null;
        lines.NarrowByBody(matcher, body, accepted);
        return new NarrowedBlock(lines, accepted, body);
    }

    /// <summary>What is read of a block; null when it is damaged.</summary>
    T? Readable<T>(BlockPlace block, Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException || SqliteFile.IsCorrupt(e))
        {
            log.LogWarning("Block {Block} of {File} cannot be read and is left out: {Reason}", block.Id, block.File.Path, e.Message);
            return null;
        }
    }

    /// <summary>The blocks to look at, day by day, the latest first. A file that cannot be read is told of and left out.</summary>
    IEnumerable<BlockPlace> Blocks(LogQuery query, LogRange range, CancellationToken deadline)
    {
        if (range.IsEmpty || query.Levels == 0)
            yield break;
        var match = Terms.Match(query);
        bool[] kinds = [.. ((bool[])[true, false]).Where(notable => (query.Levels & LevelsOf(notable)) != 0)];
        var isFirst = true;
        foreach (var day in kinds.SelectMany(notable => folder.DaysOf(LogFiles.KindOf(notable))).Distinct().OrderDescending()
            .Where(day => Overlaps(day, range)))
        {
            var reached = StartOf(day) + TimeSpan.TicksPerDay - 1;
            var files = Open(kinds, day, match, range);
            try
            {
                while (true)
                {
                    if (!TryNext(files, deadline, isFirst, out var next))
                    {
                        // The time was up before the next blocks were known: as far as here it is complete.
                        yield return new BlockPlace(null!, 0, 0, reached);
                        yield break;
                    }
                    isFirst = false;
                    if (next is not { } block)
                        break;
                    reached = block.Last;
                    yield return block;
                }
            }
            finally
            {
                files.ForEach(file => file.Dispose());
            }
        }
    }

    List<BlockCursor> Open(IReadOnlyList<bool> kinds, DateOnly day, string? match, LogRange range)
    {
        List<BlockCursor> files = [];
        foreach (var notable in kinds)
        {
            var path = folder.PathOf(notable, day);
            try
            {
                if (LogFileReader.Open(path, notable) is { } file)
                    files.Add(new BlockCursor(file, match, range));
            }
            catch (SqliteException e)
            {
                LeaveOut(path, e);
            }
        }
        return files;
    }

    /// <summary>
    /// The next block of a day's files, the latest first; null at the end. False when the time was up; before the first block that is an exception:
    /// nothing is known.
    /// </summary>
    bool TryNext(List<BlockCursor> files, CancellationToken deadline, bool isFirst, out BlockPlace? next)
    {
        next = null;
        BlockCursor? latest = null;
        try
        {
            foreach (var file in files)
                if (Peek(file, deadline) is { } block && (next is not { } known || block.Last > known.Last))
                    (next, latest) = (block, file);
        }
        catch (SqliteException) when (!isFirst)
        {
            return false;
        }
        latest?.Skip();
        return true;
    }

    BlockPlace? Peek(BlockCursor file, CancellationToken deadline)
    {
        try
        {
            return file.Peek(deadline);
        }
        catch (SqliteException e) when (!deadline.IsCancellationRequested)
        {
            LeaveOut(file.Path, e);
            file.End();
            return null;
        }
    }

    void LeaveOut(string path, SqliteException e) => log.LogWarning("{File} cannot be searched and is left out: {Reason}", path, e.Message);

    async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken ct)
    {
        var limit = options.Value.Logs.QueryTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(limit);
        using var duration = ArchiveTelemetry.Time(ArchiveTelemetry.SearchDuration);
        try
        {
            var answer = await Task.Run(() => work(deadline.Token), ct);
            ct.ThrowIfCancellationRequested();
            return answer;
        }
        catch (SqliteException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (SqliteException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"It takes longer than {limit:c}: say a shorter time, or more words.");
        }
    }

    static int LevelsOf(bool notable) => Enumerable.Range(0, LineLevels.Count).Select(level => (LineLevel)level)
        .Where(level => level.IsNotable() == notable).Aggregate(0, (bits, level) => bits | level.Bit());

    static bool Overlaps(DateOnly day, LogRange range) => StartOf(day) < range.To && StartOf(day) + TimeSpan.TicksPerDay > range.From;

    static long StartOf(DateOnly day) => StoredLine.TicksOf(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>A block, and which of its lines are found; its body if it was read.</summary>
    sealed record NarrowedBlock(LogBlockReader Lines, bool[] Accepted, byte[]? Body);
}
