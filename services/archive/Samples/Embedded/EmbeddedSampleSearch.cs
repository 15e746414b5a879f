using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Sigma.Archive.Files;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>Finds series and samples in the files.</summary>
internal sealed class EmbeddedSampleSearch(ArchiveFolder folder, IOptions<ArchiveOptions> options, ILogger<EmbeddedSampleSearch> log)
{
    // Of one day, held in memory: 50 series with a value every two seconds.
    internal const int MostValues = 2_000_000;

    public Task<SeriesFound> Series(SeriesFilter filter, TimeRange range, SeriesName? after, int limit, CancellationToken ct) => Run(deadline =>
    {
        SortedSet<SeriesName> found = [];
        ForEachFile(range, deadline, file =>
        {
            var ofFile = 0;
            foreach (var (_, series) in SeriesOf(file, filter, after, deadline))
            {
                found.Add(series);
                if (++ofFile > limit)
                    break;
            }
            while (found.Count > limit + 1)
                found.Remove(found.Max!);
        });
        return new SeriesFound([.. found.Take(limit)], found.Count > limit);
    }, ct);

    public async Task<SamplesFound> Samples(SeriesFilter filter, TimeRange range, long step, int most, CancellationToken ct)
    {
        var series = await Series(filter, range, null, most, ct);
        var steps = await Run(deadline =>
        {
            var sums = series.Series.ToDictionary(name => name, _ => new StepSums(range, step));
            ForEachFile(range, deadline, file => Add(file, filter, range, sums, deadline));
            return series.Series.Select(name => new SeriesSteps(name, sums[name].Steps())).ToList();
        }, ct);
        return new SamplesFound(steps, series.HasMore);
    }

    static void Add(SqliteConnection file, SeriesFilter filter, TimeRange range, Dictionary<SeriesName, StepSums> sums, CancellationToken deadline)
    {
        Dictionary<long, (StepSums Sums, List<Point> Points)> ofFile = [];
        foreach (var (id, series) in SeriesOf(file, filter, null, deadline))
            if (sums.FirstOrDefault(known => known.Key.CompareTo(series) == 0).Value is { } sum)
                ofFile[id] = (sum, []);
            else if (ofFile.Count == sums.Count)
                break;
        var held = 0;
        using var transaction = file.BeginTransaction(deferred: true); // what is put in order meanwhile is neither missed nor seen twice
        foreach (var (id, (_, points)) in ofFile)
            foreach (var body in file.Query<byte[]>( // by the primary key
                "select body from chunks where series = @id and first < @To and last >= @From order by first, part", new { id, range.From, range.To },
                transaction, buffered: false))
            {
                deadline.ThrowIfCancellationRequested();
                held -= points.Count;
                Chunk.Read(body, range, points);
                Hold(held += points.Count);
            }
        foreach (var body in file.Query<byte[]>("select body from pending order by id", transaction: transaction, buffered: false))
        {
            deadline.ThrowIfCancellationRequested();
            PendingSamples.Read(body, (series, point) =>
            {
                if (point.At >= range.From && point.At < range.To && ofFile.TryGetValue(series, out var found))
                {
                    found.Points.Add(point);
                    held++;
                }
            });
            Hold(held);
        }
        foreach (var (sum, points) in ofFile.Values)
            sum.Add(points);
    }

    static void Hold(int values)
    {
        if (values > MostValues)
            throw new TooManyValuesException(MostValues);
    }

    /// <summary>The series of a file, by name and labels.</summary>
    static IEnumerable<(long Id, SeriesName Series)> SeriesOf(SqliteConnection file, SeriesFilter filter, SeriesName? after,
        CancellationToken deadline)
    {
        // ix_series_name; a prefix by its range, as like would not go by the index for every letter.
        var from = filter.Name ?? "";
        var sql = filter is { Name: not null, IsPrefix: false } ? "name = @from"
            : "name >= @from" + (after is null ? "" : " and (name, labels) > (@Name, @Text)");
        foreach (var (id, name, labels) in file.Query<(long, string, string)>(
            $"select id, name, labels from series where {sql} order by name, labels", new { from, after?.Name, after?.Text }, buffered: false))
        {
            deadline.ThrowIfCancellationRequested();
            if (filter.Name is not null && !name.StartsWith(filter.Name, StringComparison.Ordinal))
                yield break;
            var series = SeriesName.Stored(name, labels);
            if (filter.Accepts(series) && (after is null || series.CompareTo(after) > 0))
                yield return (id, series);
        }
    }

    void ForEachFile(TimeRange range, CancellationToken deadline, Action<SqliteConnection> look)
    {
        foreach (var day in folder.DaysOf(SampleFile.Kind).Where(day => Overlaps(day, range)))
        {
            deadline.ThrowIfCancellationRequested();
            var path = folder.FileOf(SampleFile.Kind, day);
            try
            {
                using var file = SqliteFile.Read(path);
                if (file is not null)
                    look(file);
            }
            catch (Exception e) when (e is SqliteException or InvalidDataException)
            {
                log.LogWarning("{File} cannot be searched and is left out: {Reason}", path, e.Message);
            }
        }
    }

    async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken ct)
    {
        var limit = options.Value.Logs.QueryTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(limit);
        try
        {
            return await Task.Run(() => work(deadline.Token), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"It takes longer than {limit:c}: say a shorter time, or fewer series.");
        }
    }

    static bool Overlaps(DateOnly day, TimeRange range)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return start < range.To && start + 86_400_000 > range.From;
    }
}
