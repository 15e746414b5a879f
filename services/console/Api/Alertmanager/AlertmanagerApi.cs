using System.Security.Claims;
using Sigma.Hosting.Alertmanager;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Api.Alertmanager;

/// <summary>
/// What is raised, as Alertmanager's API has it (version 2, to read), below <c>/api/v2</c>: so that Karma, amtool and Grafana can look at it.
/// </summary>
internal static class AlertmanagerApi
{
    // The name of the one receiver there is: whom to tell is the notifier's to know, by routes of another kind.
    internal const string Receiver = "sigma";

    const int LongestList = 20_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("").WithTags("Alertmanager");
        all.MapGet("/alerts", Alerts).WithName("AlertmanagerAlerts").WithSummary("The alerts that are raised, as Alertmanager lists them")
            .Produces<IReadOnlyList<GettableAlert>>().ProducesProblem(StatusCodes.Status400BadRequest);
        all.MapGet("/alerts/groups", Groups).WithName("AlertmanagerGroups").WithSummary("The same, by rule")
            .Produces<IReadOnlyList<AlertGroup>>().ProducesProblem(StatusCodes.Status400BadRequest);
        all.MapGet("/silences", Silences).WithName("AlertmanagerSilences").WithSummary("The silences, as Alertmanager lists them")
            .Produces<IReadOnlyList<GettableSilence>>().ProducesProblem(StatusCodes.Status403Forbidden);
        all.MapGet("/silence/{id:guid}", Silence).WithName("AlertmanagerSilence").WithSummary("One silence")
            .Produces<GettableSilence>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        all.MapGet("/receivers", () => Results.Ok(new[] { new ReceiverName(Receiver) })).WithName("AlertmanagerReceivers")
            .WithSummary("The one receiver that alerts have here").Produces<IReadOnlyList<ReceiverName>>();
        all.MapGet("/status", (ServerStart start) => Results.Ok(ServerStatus.Of(start.At))).WithName("AlertmanagerStatus")
            .WithSummary("What answers here").Produces<ServerStatus>();
    }

    static async Task<IResult> Alerts(string[]? filter, bool? active, bool? silenced, string? receiver, ClaimsPrincipal user, RaisedAlerts board,
        SilencesOfAlerts silences, TimeProvider time, CancellationToken ct)
    {
        if (LabelMatcher.Read(filter) is not { } matchers)
            return BadFilter();
        return Results.Ok(await Find(matchers, active, silenced, receiver, Caller.Of(user), board, silences, time.GetUtcNow(), ct));
    }

    static async Task<IResult> Groups(string[]? filter, bool? active, bool? silenced, string? receiver, ClaimsPrincipal user, RaisedAlerts board,
        SilencesOfAlerts silences, TimeProvider time, CancellationToken ct)
    {
        if (LabelMatcher.Read(filter) is not { } matchers)
            return BadFilter();
        var found = await Find(matchers, active, silenced, receiver, Caller.Of(user), board, silences, time.GetUtcNow(), ct);
        return Results.Ok(found.GroupBy(alert => alert.Labels[GettableAlert.RuleLabel], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new AlertGroup(new Dictionary<string, string> { [GettableAlert.RuleLabel] = group.Key }, new(Receiver), [.. group])));
    }

    static async Task<List<GettableAlert>> Find(IReadOnlyList<LabelMatcher> matchers, bool? active, bool? silenced, string? receiver, Caller caller,
        RaisedAlerts board, SilencesOfAlerts silences, DateTimeOffset now, CancellationToken ct)
    {
        List<GettableAlert> found = [];
        if (receiver is { Length: > 0 } && !LabelMatcher.FitsWhole(receiver, Receiver))
            return found;
        // Who sees a part only does not see silences, and so not which of them holds an alert.
        var inForce = caller.Limits.IsNone ? await silences.InForce(ct) : [];
        foreach (var alert in board.Find(new BoardFilter { Sort = BoardSort.Newest }, caller).Rows)
        {
            var labels = ListedAlerts.LabelsOf(alert);
            if (!Fit(matchers, labels))
                continue;
            List<string> by = [];
            foreach (var silence in inForce)
                if (Fit(silence.Matchers, labels))
                    by.Add(silence.Id);
            if (by.Count > 0 ? silenced is false : active is false)
                continue;
            found.Add(ListedAlerts.Of(alert, labels, by, now));
            if (found.Count == LongestList)
                break;
        }
        return found;
    }

    static async Task<IResult> Silences(string[]? filter, ClaimsPrincipal user, SilencesOfAlerts silences, CancellationToken ct)
    {
        Caller.Of(user).DemandNoLimits();
        if (LabelMatcher.Read(filter) is not { } wanted)
            return BadFilter();
        var all = await silences.All(ct);
        return Results.Ok(all.Where(silence => wanted.All(matcher => silence.Matchers.Any(other => other.Name == matcher.Name
            && matcher.Fits(other.Value)))));
    }

    static async Task<IResult> Silence(Guid id, ClaimsPrincipal user, SilencesOfAlerts silences, CancellationToken ct)
    {
        Caller.Of(user).DemandNoLimits();
        return (await silences.All(ct)).FirstOrDefault(silence => silence.Id == id.ToString()) is { } found ? Results.Ok(found)
            : Problems.NotFound($"There is no silence {id}.");
    }

    static bool Fit(IReadOnlyList<LabelMatcher> matchers, Dictionary<string, string> labels)
    {
        foreach (var matcher in matchers)
            if (!matcher.Fits(labels.GetValueOrDefault(matcher.Name, "")))
                return false;
        return true;
    }

    static IResult BadFilter() => Problems.Refused(
        ["filter is name=\"value\", name!=\"value\", name=~\"pattern\" or name!~\"pattern\""], StatusCodes.Status400BadRequest);
}
