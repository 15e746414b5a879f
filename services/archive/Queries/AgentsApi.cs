using System.Globalization;
using Sigma.Archive.Agents;
using Sigma.Hosting.Api;

namespace Sigma.Archive.Queries;

/// <summary><c>GET /agents</c>: who was heard, and when.</summary>
internal static class AgentsApi
{
    const int DefaultPage = 100, LargestPage = 1_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/agents", List);

    static IResult List(string? state, string? source, int? limit, string? after, AgentTable agents)
    {
        AgentState? wanted = null;
        if (state is not null && (wanted = StateOf(state)) is null)
            return Refused("state is heard, failing or silent");
        if (limit is < 1 or > LargestPage)
            return Refused($"limit is 1 to {LargestPage}");
        (long, Guid)? start = null;
        if (after is not null && (start = CursorOf(after)) is null)
            return Refused("after is what an earlier page said as next");
        var found = agents.List(wanted, source, start, limit ?? DefaultPage);
        return Results.Ok(new Page<AgentAnswer>([.. found.Agents.Select(AgentAnswer.Of)], found.HasMore ? CursorOf(found.Agents[^1]) : null));
    }

    public static string NameOf(AgentState state) => state switch
    {
        AgentState.Heard => "heard",
        AgentState.Failing => "failing",
        _ => "silent",
    };

    static AgentState? StateOf(string name) => Enum.GetValues<AgentState>().Cast<AgentState?>().FirstOrDefault(state => NameOf(state!.Value) == name);

    static string CursorOf(Agent agent) => string.Create(CultureInfo.InvariantCulture, $"{agent.LastHeard}-{agent.Id:N}");

    static (long, Guid)? CursorOf(string text) =>
        text.Split('-') is [var heard, var id] && long.TryParse(heard, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && Guid.TryParseExact(id, "N", out var agent) ? (ticks, agent) : null;

    static IResult Refused(string fault) => Problems.Refused([fault], StatusCodes.Status400BadRequest);
}

/// <summary>An agent.</summary>
/// <param name="Source">Name of its integration.</param>
/// <param name="Labels">Whose it is.</param>
/// <param name="FirstHeardAt">When it was first heard, UTC.</param>
/// <param name="LastHeardAt">When it was last heard, UTC.</param>
/// <param name="State"><c>heard</c>, <c>failing</c> or <c>silent</c>.</param>
/// <param name="Text">What it said last besides; null when nothing.</param>
internal sealed record AgentAnswer(string Source, IReadOnlyDictionary<string, string> Labels, DateTimeOffset FirstHeardAt, DateTimeOffset LastHeardAt,
    string State, string? Text)
{
    public static AgentAnswer Of(Agent agent) => new(agent.Source, agent.Labels, DateTimeOffset.FromUnixTimeMilliseconds(agent.FirstHeard),
        DateTimeOffset.FromUnixTimeMilliseconds(agent.LastHeard), AgentsApi.NameOf(agent.State), agent.Said);
}
