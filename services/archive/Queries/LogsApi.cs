using Sigma.Archive.Logs;
using Sigma.Archive.Logs.Tail;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;

namespace Sigma.Archive.Queries;

/// <summary>
/// <c>GET /logs</c>, <c>/logs/histogram</c>, <c>/logs/line</c> and <c>/logs/tail</c>: what the console's page and <c>sigma logs</c> show.
/// </summary>
internal static class LogsApi
{
    const int DefaultPage = 100, LargestPage = 1_000, DefaultParts = 60, MostParts = 1_000;

    static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24), LongestTail = TimeSpan.FromHours(1);

    // A search keeps a processor busy.
    static readonly EndpointLimits Searches = EndpointLimits.Small with { Requests = 8 }, Tails = EndpointLimits.Small with { Timeout = LongestTail };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/logs", Search).WithLimits(Searches);
        app.MapGet("/logs/histogram", Histogram).WithLimits(Searches);
        app.MapGet("/logs/line", Line);
        app.MapGet("/logs/tail", Tail).WithLimits(Tails);
    }

    static Task<IResult> Search(string? q, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? after, ILogStore store,
        CancellationToken ct) => Answer(q, async query =>
    {
        if (limit is < 1 or > LargestPage)
            return Problems.Refused([$"limit is 1 to {LargestPage}"], StatusCodes.Status400BadRequest);
        LineId? before = null;
        if (after is not null && (before = LineId.Parse(after)) is null)
            return Problems.Refused(["after is what an earlier page said as next"], StatusCodes.Status400BadRequest);
        var found = await store.Search(query, new LogRange(Ticks(from) ?? 0, Ticks(to) ?? long.MaxValue), before, limit ?? DefaultPage, ct);
        return Results.Ok(new LogPage([.. found.Lines.Select(LogLineAnswer.Of)], found.Next?.ToString(), found.IsComplete));
    });

    static Task<IResult> Histogram(string? q, DateTimeOffset? from, DateTimeOffset? to, int? parts, ILogStore store, TimeProvider time,
        CancellationToken ct) => Answer(q, async query =>
    {
        var end = to ?? time.GetUtcNow();
        var range = new LogRange(StoredLine.TicksOf(from ?? end - DefaultRange), StoredLine.TicksOf(end));
        if (range.IsEmpty || parts is < 1 or > MostParts)
            return Problems.Refused([$"from is before to, and parts are 1 to {MostParts}"], StatusCodes.Status400BadRequest);
        var count = parts ?? DefaultParts;
        var counted = await store.Count(query, range, count, ct);
        return Results.Ok(new LogHistogram(StoredLine.TimeOf(range.From), StoredLine.TimeOf(range.To),
            (double)(range.To - range.From) / count / TimeSpan.TicksPerSecond, counted.Counts.Sum(part => part.Sum()),
            counted.CountedFrom is { } ticks ? StoredLine.TimeOf(ticks) : null,
            [.. counted.Counts.Select((part, index) => new LogHistogramPart(
                StoredLine.TimeOf(range.From + (long)((Int128)(range.To - range.From) * index / count)),
                part[(int)LineLevel.None], part[(int)LineLevel.Info], part[(int)LineLevel.Medium], part[(int)LineLevel.High],
                part[(int)LineLevel.Critical]))]));
    });

    static async Task<IResult> Line(string id, ILogStore store, CancellationToken ct) =>
        LineId.Parse(id) is { } place && await store.Line(place, ct) is { } line
            ? Results.Ok(LogLineAnswer.Of(line)) : Problems.NotFound("There is no such line, or it is too old.");

    static Task<IResult> Tail(string? q, LiveTail tail, IHostApplicationLifetime host, HttpContext http) => Answer(q, query =>
        Task.FromResult(tail.Watch(query) is { } watcher
            ? TailEvents.Stream(watcher, host.ApplicationStopping, http.RequestAborted)
            : Problems.Of(StatusCodes.Status429TooManyRequests, "Too many watch already.")));

    static async Task<IResult> Answer(string? q, Func<LogQuery, Task<IResult>> answer)
    {
        try
        {
            return await answer(LogQueryParser.Parse(q));
        }
        catch (LogQueryException e)
        {
            return Results.Problem($"The query cannot be read: {e.Message}.", statusCode: StatusCodes.Status400BadRequest,
                extensions: [new("position", e.Position)]);
        }
        catch (TimeoutException e)
        {
            return Problems.Of(StatusCodes.Status504GatewayTimeout, e.Message);
        }
    }

    static long? Ticks(DateTimeOffset? time) => time is { } known ? StoredLine.TicksOf(known) : null;
}
