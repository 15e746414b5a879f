using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Hosting.Api;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>The routes and what belongs to them, as <c>sigma routes</c>: those of the settings, and those that people make and change.</summary>
internal static class RoutesApi
{
    const int MostChanges = 1000, UsualChanges = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/routes");
        routes.MapGet("", Show);
        routes.MapPut("", Put);
        routes.MapPost("/rollback", RollBack);
        routes.MapGet("/history", History);
        routes.MapGet("/history/{revision:long}", Find);
        routes.MapPost("/test", Test);
    }

    static async Task<IResult> Show(HttpContext http, PolicyEdits edits, IOptions<NotifierOptions> settings, CancellationToken ct)
    {
        var (made, revision) = await edits.Current(ct);
        http.Response.SetRevision(revision);
        return Results.Ok(new PolicyAnswer(revision, Json(made), Json(PolicyOptions.Of(settings.Value)), await edits.Faults(ct) ?? []));
    }

    static Task<IResult> Put(PolicyChange body, HttpContext http, PolicyEdits edits, CancellationToken ct) => Change(http, expected =>
        edits.Put(PolicyText.Read(body.Policy.GetRawText()), body.By, body.Why, ct, expected));

    static Task<IResult> RollBack(PolicyRollBack body, HttpContext http, PolicyEdits edits, CancellationToken ct) =>
        Change(http, expected => edits.RollBack(body.To, body.By, body.Why, ct, expected));

    static async Task<IResult> History(int? limit, PolicyEdits edits, CancellationToken ct) =>
        Results.Ok((await edits.History(Math.Clamp(limit ?? UsualChanges, 1, MostChanges), ct))
            .Select(change => new PolicyRevision(change.Number, change.Change, change.By, change.Why, change.At, null)));

    static async Task<IResult> Find(long revision, PolicyEdits edits, CancellationToken ct)
    {
        try
        {
            var change = await edits.Find(revision, ct);
            return Results.Ok(new PolicyRevision(change.Number, change.Change, change.By, change.Why, change.At, Json(change.Body ?? "{}")));
        }
        catch (PolicyTextException e)
        {
            return Problems.NotFound(e.Message);
        }
    }

    static async Task<IResult> Test(TestedAlert body, IConfiguration configuration, Database database, TimeProvider time, CancellationToken ct)
    {
        try
        {
            var routes = body.Policy is { } policy ? RouteQuery.Of(configuration, PolicyText.Read(policy.GetRawText()))
                : await RouteQuery.Of(configuration, database, time, ct);
            return Results.Ok(routes.Find(new(body.Rule, body.Severity, body.Source, body.Kind, body.Category, body.Labels),
                body.At ?? time.GetUtcNow()));
        }
        catch (PolicyTextException e)
        {
            return Problems.Refused(e.Faults);
        }
    }

    static async Task<IResult> Change(HttpContext http, Func<long?, Task<long?>> change)
    {
        try
        {
            var revision = await change(http.Request.ExpectedRevision());
            if (revision is { } made)
                http.Response.SetRevision(made);
            return Results.Ok(new PolicyChanged(revision));
        }
        catch (PolicyOutdatedException e)
        {
            return Problems.Outdated(e.Message);
        }
        catch (PolicyTextException e)
        {
            return Problems.Refused(e.Faults);
        }
    }

    static JsonElement Json(PolicyOptions policy) => Json(PolicyText.Write(policy));

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}

/// <summary>Whom to tell: what people made, by its last change, and what the settings say beside it.</summary>
/// <param name="Revision">Number of the last change; 0 before the first.</param>
/// <param name="Made">What people made, as <c>PUT</c> takes it.</param>
/// <param name="Settings">What the settings say, which nobody changes here.</param>
/// <param name="Faults">Why what people made is not in force; empty when it is.</param>
internal sealed record PolicyAnswer(long Revision, JsonElement Made, JsonElement Settings, IReadOnlyList<string> Faults);

/// <summary>A change: all that people made says this from now on.</summary>
internal sealed record PolicyChange(JsonElement Policy, string By, string? Why = null);

/// <summary>A change back to an earlier revision.</summary>
internal sealed record PolicyRollBack(long To, string By, string? Why = null);

/// <summary>What came of it: the number of the change; null when it said so already.</summary>
internal sealed record PolicyChanged(long? Revision);

/// <summary>A change that was made; what it said is shown of one alone.</summary>
internal sealed record PolicyRevision(long Revision, string Change, string By, string? Why, DateTimeOffset At, JsonElement? Policy);

/// <summary>An alert that is asked about.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Rule">Name of its rule.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Source">Its source.</param>
/// <param name="Kind">Kind of its rule.</param>
/// <param name="Category">Its category, if it has one.</param>
/// <param name="At">At this time; now when it is not said.</param>
/// <param name="Policy">
/// By this in place of what people made, the silences and the alerts that inhibit; by what is in force when it is not said.
/// </param>
internal sealed record TestedAlert(IReadOnlyDictionary<string, string> Labels, string Rule = "", string Severity = "warning",
    string Source = "segware", string Kind = RuleKind.Count, string? Category = null, DateTimeOffset? At = null, JsonElement? Policy = null);
