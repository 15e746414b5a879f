using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Polly.Timeout;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Logs.Tail;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Logs.OpenSearch;

/// <summary>Lines in OpenSearch, an index a day and class. A document's id is its batch's and its place, so what comes again is there once.</summary>
internal sealed class OpenSearchLogStore(OpenSearchApi api, LiveTail tail, IOptions<ArchiveOptions> options) : ILogStore
{
    const int MostHits = 1_000;

    static readonly JsonArray NewestFirst = [Descending("ticks"), Descending("notable"), Descending("block"), Descending("index")];

    bool _hasTemplate;

    public async Task Store(LinesToStore batch, CancellationToken ct)
    {
        if (!_hasTemplate)
        {
            await api.Put($"_index_template/{api.Prefix}", LineDocument.Template(api.Prefix), ct);
            _hasTemplate = true;
        }
        StringBuilder lines = new();
        for (var index = 0; index < batch.Lines.Count; index++)
        {
            var line = batch.Lines[index];
            lines.Append(new JsonObject { ["create"] = new JsonObject
            {
                ["_index"] = api.IndexOf(LogFiles.DayOf(line.Ticks), line.Level.IsNotable()), ["_id"] = LineDocument.IdOf(batch.BatchId, index),
            } }.ToJsonString()).Append('\n');
            lines.Append(LineDocument.Write(LineDocument.PlaceOf(batch.BatchId, index, line), line).ToJsonString()).Append('\n');
        }
        var answer = await api.Bulk(lines.ToString(), ct);
        tail.Send([.. Stored(batch, answer["items"]!.AsArray())]);
    }

    public Task<LinesFound> Search(LogQuery query, LogRange range, LineId? before, int limit, CancellationToken ct) => Run(async deadline =>
    {
        LineMatcher matcher = new(query);
        List<FoundLine> found = [];
        var search = OpenSearchQuery.Of(query, range);
        var at = before;
        while (true)
        {
            var hits = await Hits(search, at, Math.Min(MostHits, limit + 1), deadline);
            foreach (var line in hits.Where(line => matcher.Accepts(line.Line.Line, line.Line.Source)))
                if (found.Count < limit)
                    found.Add(line);
                else
                    return new LinesFound(found, found[^1].Id, IsComplete: true);
            if (hits.Count < Math.Min(MostHits, limit + 1))
                return new LinesFound(found, null, IsComplete: true);
            at = hits[^1].Id;
            if (deadline.IsCancellationRequested)
                return new LinesFound(found, at, IsComplete: false);
        }
    }, ct);

    public Task<LinesCounted> Count(LogQuery query, LogRange range, int parts, CancellationToken ct) => Run(async deadline =>
    {
        var search = OpenSearchQuery.Of(query, range);
        return search.IsExact ? await Aggregate(search, range, parts, deadline) : await ReadAndCount(search, query, range, parts, deadline);
    }, ct);

    public async Task<FoundLine?> Line(LineId id, CancellationToken ct)
    {
        var found = await Hits(OpenSearchQuery.Of(LogQuery.All, new LogRange(id.Ticks, id.Ticks + 1)),
            id.Index < int.MaxValue ? id with { Index = id.Index + 1 } : id, 1, ct);
        return found is [var line] && line.Id == id ? line : null;
    }

    /// <summary>Deletes the indexes of a class whose day is before another. Returns how many.</summary>
    public async Task<int> DropBefore(bool notable, DateOnly day, CancellationToken ct)
    {
        var first = api.IndexOf(day, notable);
        var old = (await api.Indexes(ct)).Where(index => index.Length == first.Length && index[..^8] == first[..^8]
            && string.CompareOrdinal(index, first) < 0).ToList();
        foreach (var index in old)
            await api.Delete(index, ct);
        return old.Count;
    }

    /// <summary>The lines that are new; what is refused is told, and what is to be tried again throws.</summary>
    static IEnumerable<StoredLine> Stored(LinesToStore batch, JsonArray items)
    {
        List<StoredLine> fresh = [];
        for (var index = 0; index < batch.Lines.Count; index++)
        {
            var item = items[index]!["create"]!;
            switch (item["status"]!.GetValue<int>())
            {
                case (int)HttpStatusCode.Conflict:
                    break; // it is there already
                case < 300:
                    fresh.Add(batch.Lines[index]);
                    break;
                case 429 or >= 500:
                    throw new ApiException($"OpenSearch does not take line {index} now: {item["error"]?["reason"]}",
                        HttpStatusCode.ServiceUnavailable);
                case var status:
                    throw new InvalidDataException($"OpenSearch refuses line {index} of the batch: {status} {item["error"]?["reason"]}");
            }
        }
        if (fresh.Count < batch.Lines.Count)
            ArchiveTelemetry.LogDuplicates.Add(1);
        ArchiveTelemetry.LinesStored.Add(fresh.Count);
        return fresh;
    }

    async Task<List<FoundLine>> Hits(OpenSearchQuery query, LineId? before, int size, CancellationToken ct)
    {
        JsonObject body = new()
        {
            ["query"] = query.Body, ["size"] = size, ["sort"] = NewestFirst.DeepClone(), ["track_total_hits"] = false,
            ["timeout"] = $"{(int)options.Value.Logs.QueryTimeout.TotalMilliseconds}ms",
        };
        if (before is { } id)
            body["search_after"] = new JsonArray(id.Ticks, id.IsNotable ? 1 : 0, id.Block, id.Index);
        var answer = await Ask(body, ct);
        return [.. answer["hits"]!["hits"]!.AsArray().Select(hit => LineDocument.Read(hit!))];
    }

    async Task<LinesCounted> Aggregate(OpenSearchQuery query, LogRange range, int parts, CancellationToken ct)
    {
        JsonArray ranges = [];
        for (var part = 0; part < parts; part++)
            ranges.Add(new JsonObject { ["from"] = StartOf(range, part, parts), ["to"] = StartOf(range, part + 1, parts) });
        var answer = await Ask(new JsonObject
        {
            ["query"] = query.Body, ["size"] = 0, ["timeout"] = $"{(int)options.Value.Logs.QueryTimeout.TotalMilliseconds}ms",
            ["aggs"] = new JsonObject { ["parts"] = new JsonObject
            {
                ["range"] = new JsonObject { ["field"] = "ms", ["ranges"] = ranges },
                ["aggs"] = new JsonObject { ["levels"] = new JsonObject { ["terms"] = new JsonObject { ["field"] = "level" } } },
            } },
        }, ct);
        var counts = Empty(parts);
        var found = answer["aggregations"]!["parts"]!["buckets"]!.AsArray();
        for (var part = 0; part < parts; part++)
            foreach (var level in found[part]!["levels"]!["buckets"]!.AsArray())
                counts[part][level!["key"]!.GetValue<int>()] = level["doc_count"]!.GetValue<long>();
        return new LinesCounted(counts, null);
    }

    async Task<LinesCounted> ReadAndCount(OpenSearchQuery search, LogQuery query, LogRange range, int parts, CancellationToken deadline)
    {
        LineMatcher matcher = new(query);
        var counts = Empty(parts);
        for (LineId? at = null; ;)
        {
            if (deadline.IsCancellationRequested)
                return new LinesCounted(counts, at?.Ticks);
            var hits = await Hits(search, at, MostHits, deadline);
            foreach (var line in hits.Where(line => matcher.Accepts(line.Line.Line, line.Line.Source)))
                counts[(int)((Int128)(line.Id.Ticks - range.From) * parts / (range.To - range.From))][(int)line.Line.Level]++;
            if (hits.Count < MostHits)
                return new LinesCounted(counts, null);
            at = hits[^1].Id;
        }
    }

    async Task<JsonNode> Ask(JsonObject body, CancellationToken ct)
    {
        var answer = await api.Search($"{api.Prefix}-*", body, ct);
        return answer["timed_out"]?.GetValue<bool>() == true ? throw TooLong() : answer;
    }

    async Task<T> Run<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Value.Logs.QueryTimeout);
        using var duration = ArchiveTelemetry.Time(ArchiveTelemetry.SearchDuration);
        try
        {
            return await work(deadline.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is OperationCanceledException or TimeoutRejectedException)
        {
            throw TooLong();
        }
    }

    TimeoutException TooLong() => new($"It takes longer than {options.Value.Logs.QueryTimeout:c}: say a shorter time, or more words.");

    // To the millisecond: numbers of an aggregation have no room for more.
    static long StartOf(LogRange range, int part, int parts) =>
        (range.From + (long)((Int128)(range.To - range.From) * part / parts)) / TimeSpan.TicksPerMillisecond;

    static long[][] Empty(int parts) => [.. Enumerable.Range(0, parts).Select(_ => new long[LineLevels.Count])];

    static JsonObject Descending(string field) => new() { [field] = new JsonObject { ["order"] = "desc" } };
}
