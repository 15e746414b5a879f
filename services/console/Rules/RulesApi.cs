using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Rules;

/// <summary>
/// <c>/api/v1/rules</c>: the rules there are, and what engineers change of them. A rule's name may have any character, so it stands behind
/// <c>name=</c>. <c>ETag</c> is the revision; <c>If-Match</c> and <c>If-None-Match: *</c> keep a change of somebody else from being lost: 412.
/// </summary>
internal static class RulesApi
{
    const int LongestPage = 500, UsualPage = 50;

    static readonly EndpointLimits Large = EndpointLimits.Small with { LargestBody = 1024 * 1024, Requests = 10 };
    static readonly EndpointLimits Long = Large with { Timeout = TimeSpan.FromMinutes(11), Requests = 4 };
    static readonly byte[] LineBreak = "\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules").WithServiceProblems().ProducesProblem(StatusCodes.Status403Forbidden);
        rules.MapGet("", List).WithName("ListRules").WithSummary("All rules, first those of the settings; the ETag is the book's revision.")
            .Produces<RuleList>();
        rules.MapGet("/rule", Show).WithName("ShowRule").WithSummary("One rule, as it is or as it was by a revision.")
            .Produces<ListedRule>().ProducesProblem(StatusCodes.Status404NotFound);
        rules.MapGet("/revisions", Revisions).WithName("ListRuleRevisions")
            .WithSummary("Who changed what, when and why, the newest first; of one rule, or of all.").Produces<ServicePage<RuleRevision>>();
        rules.MapGet("/rule/difference", Difference).WithName("CompareRuleRevisions")
            .WithSummary("The fields in which two revisions of a rule differ; without to, from what it says now.")
            .Produces<IReadOnlyList<RuleDifference>>().ProducesProblem(StatusCodes.Status404NotFound);
        rules.MapPost("", PutAll).WithLimits(Large).WithName("PutRules").WithSummary("Makes or changes rules, all or none of them.")
            .WithDescription("If-Match is the book's revision, as the list says it. Needs the role engineer, without limits.")
            .Produces<RulesChanged>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        rules.MapPost("/check", Check).WithLimits(Large).WithName("CheckRule")
            .WithSummary("What is wrong with a rule, or with several; nothing is changed.")
            .Produces<RuleFaults>();
        rules.MapPost("/backtests", Backtest).WithLimits(Long).WithName("BacktestRule")
            .WithSummary("What a rule would have raised: a stream of JSON, an object a line, told apart by kind.")
            .Produces<BacktestLine>(contentType: "application/x-ndjson").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Changing(rules.MapPut("/rule", Put).WithLimits(Large), "PutRule", "Makes or changes a rule.");
        Changing(rules.MapPost("/rule/mode", Mode), "SetRuleMode", "Has a rule judged live, in the shadow or not at all: off.");
        Changing(rules.MapPost("/rule/rollback", RollBack), "RollBackRule", "Has a rule say again what it said by a revision.");
        Changing(rules.MapPost("/rule/clone", Clone), "CloneRule", "Makes another rule that says the same, switched off.");
        Changing(rules.MapDelete("/rule", Remove), "RemoveRule", "Takes a rule away; what it had raised is cleared.");
    }

    static void Changing(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary)
        .Produces<RuleChange>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> List(HttpContext http, RuleBook book, CancellationToken ct)
    {
        var all = await book.List(Caller.Of(http.User), ct);
        http.Response.SetRevision(all.Revision);
        return Results.Ok(all);
    }

    static async Task<IResult> Show(string name, long? revision, HttpContext http, RuleBook book, CancellationToken ct)
    {
        if (await book.Find(name, revision, Caller.Of(http.User), ct) is not { } rule)
            return Problems.NotFound(revision is null ? $"There is no rule {name}." : $"There is no rule {name} by revision {revision}.");
        if (revision is null)
            http.Response.SetRevision(rule.Revision);
        return Results.Ok(rule);
    }

    static async Task<IResult> Revisions(string? name, string? after, int? limit, HttpContext http, RuleBook book, CancellationToken ct) =>
        Results.Ok(await book.Revisions(name, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), Caller.Of(http.User), ct));

    static async Task<IResult> Difference(string name, long from, long? to, HttpContext http, RuleBook book, CancellationToken ct) =>
        Results.Ok(await book.Difference(name, from, to, Caller.Of(http.User), ct));

    static async Task<IResult> Check(RuleToCheck body, HttpContext http, RuleBook book, CancellationToken ct) =>
        body is { Rule: null, Rules: null or { Count: 0 } } or { Rule: not null, Rules: not null }
            ? Problems.Refused(["say either rule or rules"])
            : Results.Ok(new RuleFaults(await book.Check(body.Rules ?? [body.Rule!], Caller.Of(http.User), ct)));

    static async Task<IResult> PutAll(RulesToPut body, HttpContext http, RuleBook book, CancellationToken ct) =>
        Results.Ok(new RulesChanged(await book.PutAll(body.Rules, http.Request.ExpectedRevision(), body.Why, Caller.Of(http.User), ct)));

    static Task<IResult> Put(string name, RuleToPut body, HttpContext http, RuleBook book, CancellationToken ct) => Change(http, expected =>
        book.Put(name, body.Rule, expected, body.Why, Caller.Of(http.User), ct));

    static Task<IResult> Mode(string name, ModeOfRule body, HttpContext http, RuleBook book, CancellationToken ct) => Change(http, expected =>
        book.SetMode(name, body.Mode, expected, body.Why, Caller.Of(http.User), ct));

    static Task<IResult> RollBack(string name, RollBackOfRule body, HttpContext http, RuleBook book, CancellationToken ct) => Change(http, expected =>
        book.RollBack(name, body.Revision, expected, body.Why, Caller.Of(http.User), ct));

    static Task<IResult> Clone(string name, CloneOfRule body, HttpContext http, RuleBook book, CancellationToken ct) => Change(http, _ =>
        book.Clone(name, body.Name, body.Why, Caller.Of(http.User), ct));

    static Task<IResult> Remove(string name, string? why, HttpContext http, RuleBook book, CancellationToken ct) => Change(http, expected =>
        book.Remove(name, expected, why, Caller.Of(http.User), ct));

    static async Task<IResult> Change(HttpContext http, Func<long?, Task<RuleChange>> change)
    {
        var made = await change(http.Request.ExpectedRevision());
        if (!made.IsRemoved)
            http.Response.SetRevision(made.Revision);
        return Results.Ok(made);
    }

    static async Task<IResult> Backtest(BacktestQuestion body, HttpContext http, RuleBook book, CancellationToken ct)
    {
        await using var lines = book.Backtest(body, Caller.Of(http.User), ct).GetAsyncEnumerator(ct);
        if (!await lines.MoveNextAsync()) // what is refused is refused here, while the status can still say so
            return Results.Empty;
        http.Response.ContentType = "application/x-ndjson";
        try
        {
            do
                await Line(http.Response, lines.Current, ct);
            while (await lines.MoveNextAsync());
        }
        catch (ServiceException e)
        {
            await Line(http.Response, new BacktestFailure(e.Message), ct);
        }
        return Results.Empty;
    }

    static async Task Line(HttpResponse response, BacktestLine line, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(response.Body, line, ServiceJson.Options, ct);
        await response.Body.WriteAsync(LineBreak, ct);
        if (line is not BacktestAlert)
            await response.Body.FlushAsync(ct);
    }
}

/// <summary>A rule to be looked at; or several, beside each other.</summary>
internal sealed record RuleToCheck(JsonObject? Rule = null, IReadOnlyList<JsonObject>? Rules = null);

/// <summary>Rules to be made or changed, all or none.</summary>
internal sealed record RulesToPut(IReadOnlyList<JsonObject> Rules, string? Why = null);

/// <summary>What became of rules, in the order in which they were sent.</summary>
internal sealed record RulesChanged(IReadOnlyList<RuleChange> Changes);

/// <summary>What is wrong with a rule; empty when nothing is.</summary>
internal sealed record RuleFaults(IReadOnlyList<string> Faults);

/// <summary>A rule to be made or changed.</summary>
internal sealed record RuleToPut(JsonObject Rule, string? Why = null);

/// <summary>How a rule is to be judged: <c>live</c>, <c>shadow</c> or <c>off</c>.</summary>
internal sealed record ModeOfRule(string Mode, string? Why = null);

/// <summary>The revision by which a rule said what it is to say again.</summary>
internal sealed record RollBackOfRule(long Revision, string? Why = null);

/// <summary>What another rule that says the same is to be called.</summary>
internal sealed record CloneOfRule(string Name, string? Why = null);
