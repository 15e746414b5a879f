using Microsoft.Extensions.Options;
using Sigma.Archive.Files;
using Sigma.Contracts;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>Samples in SQLite files by day, written by one thread.</summary>
internal sealed class EmbeddedSampleStore(ArchiveFolder folder, EmbeddedSampleSearch search, IOptions<ArchiveOptions> options, TimeProvider time,
    ILogger<EmbeddedSampleStore> log) : ISampleStore, IAsyncDisposable
{
    const int HeaviestGroup = 100_000, MostOpen = 4;

    readonly Dictionary<DateOnly, SampleFile> _open = [];
    readonly Lock _writing = new();
    GroupCommit<SamplesToStore>? _group;
    bool _toldOfTooMany;

    GroupCommit<SamplesToStore> Group => LazyInitializer.EnsureInitialized(ref _group,
        () => new GroupCommit<SamplesToStore>(Write, batch => batch.Samples.Count, HeaviestGroup));

    public Task Store(SamplesToStore batch, CancellationToken ct) => Group.Store(batch, ct);

    public Task<SeriesFound> Series(SeriesFilter filter, TimeRange range, SeriesName? after, int limit, CancellationToken ct) =>
        search.Series(filter, range, after, limit, ct);

    public Task<SamplesFound> Samples(SeriesFilter filter, TimeRange range, long step, int series, CancellationToken ct) =>
        search.Samples(filter, range, step, series, ct);

    /// <summary>Deletes the files of the days before another. Returns how many.</summary>
    public int DropBefore(DateOnly day)
    {
        var dropped = 0;
        foreach (var old in folder.DaysOf(SampleFile.Kind).Where(old => old < day))
            lock (_writing)
            {
                Close(old);
                SqliteFile.Delete(folder.FileOf(SampleFile.Kind, old));
                dropped++;
            }
        folder.DropAsideBefore(SampleFile.Kind, day);
        return dropped;
    }

    /// <summary>Puts in order what is pending in any file.</summary>
    public void PutInOrder()
    {
        List<DateOnly> days;
        lock (_writing)
            days = [.. _open.Keys];
        foreach (var day in days)
            lock (_writing)
                if (_open.TryGetValue(day, out var file))
                    Guarded(day, file.PutInOrder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_group is not null)
            await _group.DisposeAsync();
        lock (_writing)
            foreach (var day in _open.Keys.ToList())
                Close(day);
    }

    IReadOnlyList<Exception?> Write(IReadOnlyList<SamplesToStore> batches)
    {
        var failures = new Exception?[batches.Count];
        Dictionary<DateOnly, List<(int Index, List<Sample> Samples)>> days = [];
        for (var index = 0; index < batches.Count; index++)
            foreach (var sample in batches[index].Samples)
            {
                var day = DateOnly.FromDateTime(sample.At.UtcDateTime);
                if (!days.TryGetValue(day, out var ofDay))
                    days[day] = ofDay = [];
                if (ofDay.Count == 0 || ofDay[^1].Index != index)
                    ofDay.Add((index, []));
                ofDay[^1].Samples.Add(sample);
            }
        foreach (var (day, ofDay) in days)
            try
            {
                lock (_writing)
                    Write(day, [.. ofDay.Select(part => (batches[part.Index].BatchId, (IReadOnlyList<Sample>)part.Samples))]);
            }
            catch (Exception e) // the other days' samples are stored; the messages of this one come again
            {
                foreach (var (index, _) in ofDay)
                    failures[index] = e;
            }
        return failures;
    }

    void Write(DateOnly day, IReadOnlyList<(Guid, IReadOnlyList<Sample>)> batches) => Guarded(day, () =>
    {
        var file = Open(day);
        var (stored, tooMany, duplicates) = file.Store(batches);
        ArchiveTelemetry.SamplesStored.Add(stored);
        ArchiveTelemetry.SampleDuplicates.Add(duplicates);
        ArchiveTelemetry.SamplesDropped.Add(tooMany, new KeyValuePair<string, object?>("reason", "series"));
        if (tooMany > 0 && !_toldOfTooMany)
            log.LogWarning("There are more than {Most} series on {Day:O}: samples of further ones are dropped (Archive__Samples__MostSeries)",
                options.Value.Samples.MostSeries, day);
        _toldOfTooMany |= tooMany > 0;
        if (file.Pending >= options.Value.Samples.PendingSamples)
            file.PutInOrder();
    });

    void Guarded(DateOnly day, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            if (!SqliteFile.IsFull(e)) // as of the lines: what is there can then be asked for
                Close(day); // whatever state it is in: the next try opens it anew
            if (SqliteFile.IsCorrupt(e) || e is InvalidDataException)
                log.LogError("{File} is damaged ({Reason}); it is kept as {Aside} and a new one is begun", folder.FileOf(SampleFile.Kind, day),
                    e.Message, SqliteFile.PutAside(folder.FileOf(SampleFile.Kind, day), e.Message, time.GetUtcNow()));
            // A message that brings good samples is not to be refused for what is in the file.
            if (e is InvalidDataException)
                throw new IOException(e.Message, e);
            throw;
        }
    }

    SampleFile Open(DateOnly day)
    {
        if (_open.TryGetValue(day, out var open))
            return open;
        if (_open.Count >= MostOpen)
        {
            var oldest = _open.Keys.Min();
            _open[oldest].PutInOrder();
            Close(oldest);
        }
        return _open[day] = new SampleFile(folder.FileOf(SampleFile.Kind, day), options.Value.Samples.MostSeries);
    }

    void Close(DateOnly day)
    {
        if (_open.Remove(day, out var open))
            open.Dispose();
    }
}
