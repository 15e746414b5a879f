using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Logs;

/// <summary><c>/api/v1/logs</c>: what the archive has of log lines.</summary>
internal static class LogsApi
{
    static readonly EndpointLimits OfTails = EndpointLimits.Small with { Timeout = Timeout.InfiniteTimeSpan };

    public static void Map(IEndpointRouteBuilder api)
    {
        var logs = api.MapGroup("/logs").WithTags("Logs").WithServiceProblems().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        logs.MapGet("", Lines).WithName("FindLogLines").WithSummary("Log lines that a query finds, the newest first, page by page")
            .WithDescription("q: words, \"a phrase\", begin*, -without, label=value, level>=medium. limit: 100, at most 1,000. after: next of the "
                + "page before. Needs a caller without limits.").Produces<ArchivedLines>();
        logs.MapGet("/histogram", Counts).WithName("CountLogLines").WithSummary("How many log lines a query finds over time, by level")
            .WithDescription("Of the last day unless from and to say otherwise. parts: 96, at most 1,000.").Produces<ArchivedCounts>();
        logs.MapGet("/line", Line).WithName("ShowLogLine").WithSummary("One log line, by its id").Produces<ArchivedLine>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        logs.MapGet("/tail", Tail).WithName("FollowLogLines").WithSummary("Log lines that a query finds, as they come: server-sent events")
            .Produces<TailedLine>(StatusCodes.Status200OK, "text/event-stream").WithMetadata(OfTails).DisableRequestTimeout();
    }

    static async Task<IResult> Lines(string? q, DateTimeOffset? from, DateTimeOffset? to, string? after, int? limit, ClaimsPrincipal user,
        LogSearch logs, CancellationToken ct) =>
        Results.Ok(await logs.Lines(new(q ?? "", from, to), after, limit, Caller.Of(user), ct));

    static async Task<IResult> Counts(string? q, DateTimeOffset? from, DateTimeOffset? to, int? parts, ClaimsPrincipal user, LogSearch logs,
        CancellationToken ct) =>
        Results.Ok(await logs.Counts(new(q ?? "", from, to), parts, Caller.Of(user), ct));

    static async Task<IResult> Line(string id, ClaimsPrincipal user, LogSearch logs, CancellationToken ct) =>
        await logs.Line(id, Caller.Of(user), ct) is { } line ? Results.Ok(line) : Problems.NotFound("There is no such line, or it is too old.");

    static async Task<IResult> Tail(string? q, HttpContext http, LogSearch logs, CancellationToken ct)
    {
        var tailed = logs.Tail(q ?? "", Caller.Of(http.User), ct).GetAsyncEnumerator(ct);
        try
        {
            await tailed.MoveNextAsync(); // the archive says at once that it is there: else the answer is why not
        }
        catch
        {
            await tailed.DisposeAsync();
            throw;
        }
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Rest(tailed));
    }

    static async IAsyncEnumerable<TailedLine> Rest(IAsyncEnumerator<TailedLine> tailed)
    {
        await using (tailed)
            do
                yield return tailed.Current;
            while (await tailed.MoveNextAsync());
    }
}
