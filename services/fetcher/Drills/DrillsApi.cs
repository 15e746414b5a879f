using Sigma.Contracts;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>Drills, as <c>sigma drill</c> asks for them: one at a time. What became of one is the evaluator's and the notifier's to tell.</summary>
internal static class DrillsApi
{
    const int LongestBy = 100, LongestChannels = 255, LongestOutcome = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        var drills = app.MapGroup("/drills");
        drills.MapPost("", Order);
        drills.MapGet("/{id:guid}", Find);
        drills.MapPost("/{id:guid}/end", End);
    }

    static async Task<IResult> Order(DrillOrder body, DrillTable drills, CancellationToken ct)
    {
        if (Faults(body).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults);
        if (await drills.Find(body.DrillId, ct) is { } same) // sent again
            return Results.Ok(ShownDrill.Of(same));
        if (!await drills.Request(body.DrillId, body.By, body.Channels, ct))
            return Problems.Refused(
                [$"a drill is under way, and there is one at a time: {(await drills.UnderWay(ct))?.AskedBy ?? "somebody"} asked for it"],
                StatusCodes.Status409Conflict);
        return await drills.Find(body.DrillId, ct) is { } made ? Results.Ok(ShownDrill.Of(made)) : NotThere(body.DrillId);
    }

    static IEnumerable<string> Faults(DrillOrder body)
    {
        if (string.IsNullOrWhiteSpace(body.By) || body.By.Length > LongestBy)
            yield return $"by is who wants it, in 1 to {LongestBy} characters";
        if (string.IsNullOrWhiteSpace(body.Channels) || body.Channels.Length > LongestChannels)
            yield return $"channels are the names of integrations, comma separated, in 1 to {LongestChannels} characters, or {Drill.AllChannels}";
    }

    static async Task<IResult> Find(Guid id, DrillTable drills, CancellationToken ct) =>
        await drills.Find(id, ct) is { } drill ? Results.Ok(ShownDrill.Of(drill)) : NotThere(id);

    static async Task<IResult> End(Guid id, DrillEnd body, DrillTable drills, CancellationToken ct)
    {
        if (body.Outcome.Length is 0 or > LongestOutcome)
            return Problems.Refused([$"outcome is what became of it, in 1 to {LongestOutcome} characters"]);
        await drills.End(id, body.Outcome, ct);
        return Results.NoContent();
    }

    static IResult NotThere(Guid id) => Problems.NotFound($"There is no drill {id}.");
}

/// <summary>A drill that is wanted; one that is sent again with the same id is the same.</summary>
internal sealed record DrillOrder(Guid DrillId, string By, string Channels = Drill.AllChannels);

/// <summary>Nobody looks at it any more.</summary>
internal sealed record DrillEnd(string Outcome);

/// <summary>How far the fetcher is with a drill.</summary>
internal sealed record ShownDrill(Guid Id, string By, string Channels, DateTimeOffset AskedAt, DateTimeOffset? TakenAt, DateTimeOffset? PublishedAt,
    DateTimeOffset? ClosedAt, DateTimeOffset? EndedAt, string? Reason)
{
    public static ShownDrill Of(DrillRequest drill) => new(drill.Id, drill.AskedBy, drill.Channels, drill.AskedAt.ToTime(), drill.TakenAt?.ToTime(),
        drill.PublishedAt?.ToTime(), drill.ClosedAt?.ToTime(), drill.EndedAt?.ToTime(), drill.Reason);
}
