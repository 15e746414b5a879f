using System.Security.Claims;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Deliveries;

/// <summary>The deliveries, below <c>/api/v1/deliveries</c>.</summary>
internal static class DeliveriesApi
{
    const int Most = 1000, Usual = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries").WithServiceProblems();
        deliveries.MapGet("", Find).WithName("ListDeliveries").WithSummary("Deliveries, the newest first")
            .WithDescription("state may be repeated: pending, waiting, sending, held, sent, merged, skipped, failed or uncertain.")
            .Produces<IReadOnlyList<Delivery>>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        Decision(deliveries.MapPost("/{id:guid}/retry", Retry).WithName("RetryDelivery")
            .WithSummary("Sends one again that has failed or is uncertain"));
        Decision(deliveries.MapPost("/{id:guid}/give-up", GiveUp).WithName("GiveUpDelivery")
            .WithSummary("Has one fail that waits, is held or is uncertain"));
        Decision(deliveries.MapPost("/{id:guid}/settle", Settle).WithName("SettleDelivery")
            .WithSummary("Says of one that is uncertain whether it arrived"));
    }

    static void Decision(RouteHandlerBuilder endpoint) => endpoint
        .WithDescription("409 where its state does not allow it. Needs the role operator, without limits.")
        .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> Find(string[]? state, string? channel, Guid? alert, int? limit, ClaimsPrincipal user, DeliveryCommands deliveries,
        CancellationToken ct) => Results.Ok(await deliveries.Find(
        new() { States = state ?? [], Channel = channel, Alert = alert, Limit = Math.Clamp(limit ?? Usual, 1, Most) }, Caller.Of(user), ct));

    static async Task<IResult> Retry(Guid id, ClaimsPrincipal user, DeliveryCommands deliveries, CancellationToken ct)
    {
        await deliveries.Retry(id, Caller.Of(user), ct);
        return Results.NoContent();
    }

    static async Task<IResult> GiveUp(Guid id, ClaimsPrincipal user, DeliveryCommands deliveries, CancellationToken ct)
    {
        await deliveries.GiveUp(id, Caller.Of(user), ct);
        return Results.NoContent();
    }

    static async Task<IResult> Settle(Guid id, DeliveryFate body, ClaimsPrincipal user, DeliveryCommands deliveries, CancellationToken ct)
    {
        await deliveries.Settle(id, body.Arrived, Caller.Of(user), ct);
        return Results.NoContent();
    }
}

/// <summary>What became of it.</summary>
public sealed record DeliveryFate(bool Arrived);
