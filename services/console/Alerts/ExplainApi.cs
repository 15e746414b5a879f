using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>Why an alert is raised, or none is, and who was told: below <c>/api/v1/alerts</c> and <c>/api/v1/explain</c>.</summary>
internal static class ExplainApi
{
    const string LabelFault = "label is a name, an equals sign and a value, and each name is there once";

    public static void Map(IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts/{id:guid}").WithTags("Alerts").WithServiceProblems();
        alerts.MapGet("/explain", OfAlert).WithName("ExplainAlert")
            .WithSummary("What is counted of an alert, what is left out, and how it is judged")
            .WithDescription("As it is now; of one that is over, as it was when it was raised. Only of alerts of the kind count: 422.")
            .Produces<ExplainedKey>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        alerts.MapGet("/telling", Telling).WithName("GetTelling")
            .WithSummary("What was decided about telling of an alert, also that somebody is not told, and what became of it")
            .Produces<AlertTelling>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var explain = api.MapGroup("/explain").WithTags("Explain").WithServiceProblems();
        explain.MapGet("", OfKey).WithName("ExplainKey").WithSummary("What is counted of a key of a rule, what is left out, and how it is judged")
            .WithDescription("label=account=7&label=code=E130: a value of each label that the rule groups by. at is a time, else it is now.")
            .Produces<ExplainedKey>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        explain.MapGet("/keys", Keys).WithName("ListKeys").WithSummary("Which keys rules count for an account, and how full their windows are")
            .WithDescription("label=account=7, and other labels that are certain; rule and source keep those of one.")
            .Produces<KeysOfAccount>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> OfAlert(Guid id, ClaimsPrincipal user, AlertParts parts, CancellationToken ct)
    {
        try
        {
            return await parts.Explain(id, Caller.Of(user), ct) is { } explained ? Results.Ok(explained)
                : Problems.NotFound($"There is no alert {id}.");
        }
        catch (NothingCountedException e)
        {
            return Problems.Refused([e.Message]);
        }
    }

    static async Task<IResult> Telling(Guid id, ClaimsPrincipal user, AlertParts parts, CancellationToken ct) =>
        await parts.Telling(id, Caller.Of(user), ct) is { } telling ? Results.Ok(telling)
            : Problems.NotFound($"There is no alert {id}, or no notifier has written it down.");

    static async Task<IResult> OfKey(string rule, string[] label, DateTimeOffset? at, ClaimsPrincipal user, AlertParts parts, CancellationToken ct) =>
        Read(label) is { } labels ? Results.Ok(await parts.Explain(rule, labels, at, Caller.Of(user), ct))
            : Problems.Refused([LabelFault], StatusCodes.Status400BadRequest);

    static async Task<IResult> Keys(string[] label, string? rule, string? source, DateTimeOffset? at, ClaimsPrincipal user, AlertParts parts,
        CancellationToken ct) =>
        Read(label) is { } labels
            ? Results.Ok(await parts.Keys(new() { Labels = labels, Rule = rule, Source = source, At = at }, Caller.Of(user), ct))
            : Problems.Refused([LabelFault], StatusCodes.Status400BadRequest);

    static Dictionary<string, string>? Read(string[] labels)
    {
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var label in labels)
            if (label.Split('=', 2) is not [{ Length: > 0 } name, var value] || !read.TryAdd(name, value))
                return null;
        return read;
    }
}
