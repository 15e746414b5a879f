using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>
/// What Grafana's data source SimpleJSON asks for, below <c>/api/simplejson</c>: series and alerts on its dashboards. It asks by POST and changes
/// nothing.
/// </summary>
internal static class SimpleJsonApi
{
    // More series than anybody can tell apart on a graph.
    const int MostAnswers = 200, LongestText = 300, LongestQuery = 2_000;

    // A dashboard asks for all its panels at once.
    static readonly EndpointLimits OfPanels = EndpointLimits.Small with { Requests = 32 };

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("").WithTags("Grafana").WithServiceProblems();
        all.MapGet("", () => Results.Ok(new GrafanaGreeting("sigma"))).WithName("SimpleJsonTest").WithSummary("That somebody is there")
            .Produces<GrafanaGreeting>();
        all.MapPost("/search", Search).WithName("SimpleJsonSearch").WithSummary("Names of series, and alerts")
            .WithDescription("Those of the last day that begin with target.").Produces<IReadOnlyList<string>>();
        all.MapPost("/query", Query).WithName("SimpleJsonQuery").WithSummary("Values of series, value first; or the alerts that are raised")
            .WithDescription("At most 50 targets, 50 series of each and 200 in all. The target alerts is a table where type says so, else how many "
                + "there are. Filters are = or !=.")
            .Produces<IReadOnlyList<GrafanaAnswer>>().WithLimits(OfPanels);
        all.MapPost("/annotations", Annotations).WithName("SimpleJsonAnnotations")
            .WithSummary("The alerts that were raised within a time, as regions")
            .WithDescription("The newest 1,000. annotation.query is a filter as of the history: severity=critical&account=7.")
            .Produces<IReadOnlyList<GrafanaRegion>>().WithLimits(OfPanels);
        all.MapPost("/tag-keys", TagKeys).WithName("SimpleJsonTagKeys").WithSummary("Labels and fields to filter by")
            .Produces<IReadOnlyList<GrafanaTagKey>>();
        all.MapPost("/tag-values", TagValues).WithName("SimpleJsonTagValues").WithSummary("Values of one of them")
            .Produces<IReadOnlyList<GrafanaTagValue>>();
    }

    static async Task<IResult> Search(GrafanaSearch body, ClaimsPrincipal user, PanelSeries series, CancellationToken ct)
    {
        var start = (body.Target ?? "").TrimEnd('*');
        if (start.Length > LongestText)
            return Refused([$"target has at most {LongestText} characters"]);
        IReadOnlyList<string> own = PanelAlerts.Target.StartsWith(start, StringComparison.Ordinal) ? [PanelAlerts.Target] : [];
        return Results.Ok((string[])[.. own, .. await series.Names(start, Caller.Of(user), ct)]);
    }

    static async Task<IResult> Query(GrafanaQuery body, ClaimsPrincipal user, PanelSeries series, PanelAlerts alerts, CancellationToken ct)
    {
        List<string> faults = [];
        var question = PanelQuestion.Read(body, faults);
        if (faults.Count > 0)
            return Refused(faults);
        var caller = Caller.Of(user);
        List<GrafanaAnswer> answers = [];
        foreach (var target in question.Targets)
        {
            if (answers.Count >= MostAnswers)
                break;
            if (target.Name == PanelAlerts.Target)
                answers.Add(alerts.Raised(target.IsTable, question.Filters, caller));
            else
                answers.AddRange((await series.Values(target.Name, question, caller, ct)).Take(MostAnswers - answers.Count));
        }
        return Results.Ok(answers);
    }

    static async Task<IResult> Annotations(GrafanaMarks body, ClaimsPrincipal user, PanelAlerts alerts, CancellationToken ct)
    {
        List<string> faults = [];
        var range = PanelRange.Read(body.Range, faults);
        var query = body.Annotation?.Query ?? "";
        if (query.Length > LongestQuery)
            return Refused([$"annotation.query has at most {LongestQuery} characters"]);
        faults.AddRange(HistoryFilter.Faults(QueryText.Read(query)).Select(fault => $"annotation.query: {fault}"));
        return faults.Count > 0 ? Refused(faults) : Results.Ok(await alerts.Regions(HistoryFilter.Parse(query), range, Caller.Of(user), ct));
    }

    static async Task<IResult> TagKeys(ClaimsPrincipal user, PanelTags tags, CancellationToken ct) =>
        Results.Ok((await tags.Keys(Caller.Of(user), ct)).Select(key => new GrafanaTagKey("string", key)));

    static async Task<IResult> TagValues(GrafanaTag body, ClaimsPrincipal user, PanelTags tags, CancellationToken ct) =>
        body.Key is { Length: > 0 and <= LongestText } key
            ? Results.Ok((await tags.Values(key.ToLowerInvariant(), Caller.Of(user), ct)).Select(value => new GrafanaTagValue(value)))
            : Refused([$"key is a text of 1 to {LongestText} characters"]);

    static IResult Refused(IReadOnlyList<string> faults) => Problems.Refused(faults, StatusCodes.Status400BadRequest);
}
