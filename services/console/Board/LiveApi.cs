using System.Globalization;
using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;

namespace Sigma.OperatorConsole.Board;

/// <summary>Changes of alerts as they come, at <c>/api/v1/live</c>.</summary>
internal static class LiveApi
{
    const string LastEventId = "Last-Event-ID";

    // They stay for a quarter of an hour, and say something every 15 seconds.
    static readonly EndpointLimits OfStreams = EndpointLimits.Small with { Timeout = Timeout.InfiniteTimeSpan, Requests = 500 };

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/live", Follow).WithTags("Alerts").WithName("FollowAlerts")
        .WithSummary("Changes of alerts as they come, as server-sent events")
        .WithDescription("The events are ready, raised, changed, acknowledged, cleared, heartbeat and reset, after which everything is to be read "
            + "again. Filtered as the alerts; what is over is told of too. Whoever comes again with Last-Event-ID gets what has changed since, as it "
            + "is now. A stream ends after a quarter of an hour: come again.")
        .Produces<LiveEvent>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status400BadRequest)
        .WithMetadata(OfStreams).DisableRequestTimeout();

    static IResult Follow(HttpRequest request, ClaimsPrincipal user, LiveEvents events, CancellationToken ct)
    {
        if (BoardFilter.Faults(request.Filter()).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults, StatusCodes.Status400BadRequest);
        long? last = null;
        if (request.Headers.TryGetValue(LastEventId, out var said))
        {
            if (!long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                return Problems.Refused([$"{LastEventId} is the id of an event"], StatusCodes.Status400BadRequest);
            last = sequence;
        }
        request.HttpContext.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.Follow(BoardFilter.Parse(request.Filter()), Caller.Of(user), last, ct));
    }
}
