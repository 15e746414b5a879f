using System.Security.Claims;
using System.Text.Json.Nodes;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Routes;

/// <summary>The routes, below <c>/api/v1/routes</c>.</summary>
internal static class RoutesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("/routes").WithTags("Routes").WithServiceProblems();
        routes.MapGet("", Show).WithName("ShowRoutes").WithSummary("Who is told of which alerts")
            .WithDescription("What people made, with its revision as ETag, and what the settings say beside it.")
            .Produces<RoutePolicy>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        Change(routes.MapPut("", Put).WithName("PutRoutes").WithSummary("Has all that people made say this")
            .WithDescription("With If-Match only while the revision is that one, else 412. Needs the role engineer, without limits."));
        Change(routes.MapPost("/rollback", RollBack).WithName("RollBackRoutes").WithSummary("Has it say again what it said by a revision")
            .WithDescription("With If-Match only while the revision is that one, else 412. Needs the role engineer, without limits."));
        routes.MapGet("/history", History).WithName("ListRouteRevisions").WithSummary("The changes, the newest first")
            .Produces<IReadOnlyList<RouteRevision>>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/history/{revision:long}", Revision).WithName("ShowRouteRevision").WithSummary("A change, with what it said")
            .Produces<RouteRevision>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapPost("/test", Test).WithName("TestRoutes").WithSummary("Where an alert would go, and why")
            .WithDescription("By what is in force; with a policy by that, which is not in force yet.")
            .Produces<IReadOnlyList<FoundReceiver>>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static void Change(RouteHandlerBuilder endpoint) => endpoint.Produces<RouteChange>().ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> Show(HttpContext http, RouteCommands routes, CancellationToken ct)
    {
        var policy = await routes.Current(Caller.Of(http.User), ct);
        http.Response.SetRevision(policy.Revision);
        return Results.Ok(policy);
    }

    static async Task<IResult> Put(RoutesToPut body, HttpContext http, RouteCommands routes, CancellationToken ct) =>
        Changed(http, await routes.Put(body.Policy, http.Request.ExpectedRevision(), body.Why, Caller.Of(http.User), ct));

    static async Task<IResult> RollBack(RoutesToRollBack body, HttpContext http, RouteCommands routes, CancellationToken ct) =>
        Changed(http, await routes.RollBack(body.To, http.Request.ExpectedRevision(), body.Why, Caller.Of(http.User), ct));

    static async Task<IResult> History(int? limit, ClaimsPrincipal user, RouteCommands routes, CancellationToken ct) =>
        Results.Ok(await routes.History(limit, Caller.Of(user), ct));

    static async Task<IResult> Revision(long revision, ClaimsPrincipal user, RouteCommands routes, CancellationToken ct) =>
        await routes.Revision(revision, Caller.Of(user), ct) is { } found ? Results.Ok(found)
            : Problems.NotFound($"There is no revision {revision}.");

    static async Task<IResult> Test(TestedAlert body, ClaimsPrincipal user, RouteCommands routes, CancellationToken ct) =>
        Results.Ok(await routes.Test(body, Caller.Of(user), ct));

    static IResult Changed(HttpContext http, RouteChange change)
    {
        if (change.Revision is { } revision)
            http.Response.SetRevision(revision);
        return Results.Ok(change);
    }
}

/// <summary>All that people make of the routes, with the names of the settings.</summary>
public sealed record RoutesToPut(JsonObject Policy, string? Why = null);

/// <summary>A change back to an earlier revision.</summary>
public sealed record RoutesToRollBack(long To, string? Why = null);
