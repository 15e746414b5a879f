using Sigma.Hosting.Api;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>How far the notifier is with a drill.</summary>
internal static class DrillsApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/drills/{id:guid}", Show);

    static async Task<IResult> Show(Guid id, Database database, CancellationToken ct) =>
        await new ToldDrills(database).Of(id, ct) is { } told
            ? Results.Ok(new DrillAnswer(told.IsRaised, told.IsCleared, [.. told.Deliveries.Select(delivery =>
                new ShownDrillDelivery(delivery.Channel, delivery.Kind, delivery.State.Stored(), delivery.Reason, delivery.Receipt))]))
            : Problems.NotFound($"The alert of drill {id} has not come.");
}

/// <summary>How far it is.</summary>
internal sealed record DrillAnswer(bool IsRaised, bool IsCleared, IReadOnlyList<ShownDrillDelivery> Deliveries);

/// <summary>What was or is to be said of it.</summary>
internal sealed record ShownDrillDelivery(string Channel, string Kind, string State, string? Reason, string? Receipt);
