using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Sources;

/// <summary><c>/api/v1/sources</c> and <c>/api/v1/agents</c>.</summary>
internal static class SourcesApi
{
    const int UsualPage = 50, LongestPage = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup("/sources").WithTags("Sources").WithServiceProblems().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        sources.MapGet("", List).WithName("ListPolledSources").WithSummary("Outage feeds, probes and other systems that are asked again and again")
            .Produces<IReadOnlyList<PolledSource>>();
        sources.MapGet("/{name}", Show).WithName("ShowPolledSource").WithSummary("One of them").Produces<PolledSource>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        sources.MapGet("/{name}/history", History).WithName("ListPolls").WithSummary("The last times it was asked, the newest first")
            .WithDescription("limit: 50, at most 200.").Produces<ServicePage<PolledRun>>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/agents", Agents).WithTags("Sources").WithServiceProblems().WithName("ListAgents")
            .WithSummary("Who is heard again and again, the one that was heard last first")
            .WithDescription("state: heard, failing or silent. limit: 50, at most 200.").Produces<ServicePage<ArchivedAgent>>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> List(ClaimsPrincipal user, SourceQuery sources, CancellationToken ct) =>
        Results.Ok(await sources.Polled(Caller.Of(user), ct));

    static async Task<IResult> Show(string name, ClaimsPrincipal user, SourceQuery sources, CancellationToken ct) =>
        await sources.Find(name, Caller.Of(user), ct) is { } found ? Results.Ok(found) : Problems.NotFound($"There is no source {name}.");

    static async Task<IResult> History(string name, string? after, int? limit, ClaimsPrincipal user, SourceQuery sources, CancellationToken ct) =>
        Results.Ok(await sources.Runs(name, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), Caller.Of(user), ct));

    static async Task<IResult> Agents(string? state, string? source, string? after, int? limit, ClaimsPrincipal user, SourceQuery sources,
        CancellationToken ct) =>
        Results.Ok(await sources.Agents(state, source, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), Caller.Of(user), ct));
}
