using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Drills;

/// <summary>Drills, below <c>/api/v1/system/drills</c>.</summary>
internal static class DrillsApi
{
    public static void Map(IEndpointRouteBuilder system)
    {
        system.MapPost("/drills", Start).WithName("StartDrill").WithSummary("Sends labelled test events the whole way")
            .WithDescription("There is one at a time: 409. Needs the role operator, without limits.")
            .Produces<OrderedDrill>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        system.MapGet("/drills/{id:guid}", Watch).WithName("WatchDrill").WithSummary("How far a drill has come, hop by hop")
            .Produces<DrillProgress>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> Start(DrillOrder body, ClaimsPrincipal user, DrillCommands drills, CancellationToken ct) =>
        Results.Ok(await drills.Start(body.Channels, Caller.Of(user), ct));

    static async Task<IResult> Watch(Guid id, ClaimsPrincipal user, DrillCommands drills, CancellationToken ct) =>
        await drills.Watch(id, Caller.Of(user), ct) is { } progress ? Results.Ok(progress) : Problems.NotFound($"There is no drill {id}.");
}

/// <summary>A drill that is wanted.</summary>
/// <param name="Channels">Names of integrations, comma separated; null for those that alerts go to.</param>
public sealed record DrillOrder(string? Channels = null);
