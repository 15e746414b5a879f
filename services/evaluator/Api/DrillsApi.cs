using Sigma.Contracts;
using Sigma.Evaluator.Queries;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>How far the evaluator is with a drill, found by what follows from its id.</summary>
internal static class DrillsApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/drills/{id:guid}", Show);

    static async Task<IResult> Show(Guid id, string? channels, Database database, CancellationToken ct) =>
        Results.Ok(await new EvaluatedDrills(database).Of(id, channels ?? Drill.AllChannels, ct));
}
