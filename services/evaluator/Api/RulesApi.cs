using System.Globalization;
using System.Text.Json.Nodes;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;

namespace Sigma.Evaluator.Api;

/// <summary>
/// The rules there are, and what people change of them: <c>/rules</c> for all, <c>/rule?name=…</c> for one, whose name may have any character. As
/// <c>sigma rules</c> does it, by the same queries and edits.
/// </summary>
internal static class RulesApi
{
    const int LongestPage = 500, UsualPage = 50;

    static readonly EndpointLimits Large = EndpointLimits.Small with { LargestBody = 1024 * 1024, Requests = 10 };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/rules", List);
        app.MapPost("/rules", (RulesToPut body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
            answers.EditAll(http, edits => edits.Put(Read(body.Rules), body.By, body.Why, ct))).WithLimits(Large);
        app.MapPost("/rules/check", Check).WithLimits(Large);
        app.MapGet("/rules/revisions", Revisions);
        app.MapGet("/rule", Show);
        app.MapPut("/rule", Put).WithLimits(Large);
        app.MapGet("/rule/difference", Difference);
        app.MapPost("/rule/mode", (string name, ModeChange body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
            answers.Edit(http, name, edits => edits.SetMode(name, body.Mode, body.By, body.Why, ct)));
        app.MapPost("/rule/rollback", (string name, RollBack body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
            answers.Edit(http, name, edits => edits.RollBack(name, body.Revision, body.By, body.Why, ct)));
        app.MapPost("/rule/clone", (string name, CloneOfRule body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
            answers.Edit(http, name, edits => edits.Clone(name, body.Name, body.By, body.Why, ct)));
        app.MapPost("/rule/remove", (string name, Removal body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
            answers.Edit(http, name, edits => edits.Remove(name, body.By, body.Why, ct)));
    }

    static async Task<IResult> List(HttpContext http, RuleQuery query, CancellationToken ct)
    {
        var all = await query.List(ct);
        http.Response.SetRevision(all.Revision);
        return Results.Ok(new RuleList(all.Revision, [.. all.Rules.Select(RuleAnswers.Of)]));
    }

    static async Task<IResult> Show(string name, long? revision, HttpContext http, RuleQuery query, CancellationToken ct)
    {
        if (revision is { } number)
            return await query.FindChange(name, number, ct) is { Body: not null } change ? Results.Ok(RuleAnswers.Of(change))
                : Problems.NotFound($"There is no rule {name} by revision {number}.");
        if (await query.Find(name, ct) is not { } found)
            return Problems.NotFound($"There is no rule {name}.");
        http.Response.SetRevision(found.Made?.Number ?? 0);
        return Results.Ok(RuleAnswers.Of(found));
    }

    static async Task<IResult> Revisions(string? name, long? after, int? limit, RuleQuery query, CancellationToken ct)
    {
        var most = Math.Clamp(limit ?? UsualPage, 1, LongestPage);
        var found = await query.History(name, most + 1, ct, after);
        return Results.Ok(new Page<RuleRevision>(
            [.. found.Take(most).Select(change =>
                new RuleRevision(change.Number, change.Name, change.Change, change.Body is null, change.By, change.Why, change.At))],
            found.Count > most ? found[most - 1].Number.ToString(CultureInfo.InvariantCulture) : null));
    }

    static async Task<IResult> Difference(string name, long from, long? to, RuleQuery query, CancellationToken ct)
    {
        try
        {
            var before = await query.Find(name, from, ct);
            var after = to is { } number ? await query.Find(name, number, ct)
                : (await query.All(ct)).FirstOrDefault(rule => rule.Name == name)?.Options;
            return before is null && after is null ? Problems.NotFound($"There is no rule {name} by these revisions.")
                : Results.Ok(new RuleDifferences(RuleDifference.Between(before, after)));
        }
        catch (RuleTextException e)
        {
            return RuleAnswers.Refused(e);
        }
    }

    static async Task<IResult> Check(RulesToCheck body, RuleQuery query, CancellationToken ct)
    {
        try
        {
            return Results.Ok(new RuleFaults(RuleEdits.Faults(await query.Rules(ct), [.. Read(body.Rules)])));
        }
        catch (RuleTextException e)
        {
            return Results.Ok(new RuleFaults(e.Faults));
        }
    }

    static Task<IResult> Put(string name, RuleToPut body, HttpContext http, RuleAnswers answers, CancellationToken ct) =>
        answers.Edit(http, name, edits =>
        {
            var rule = RuleText.Read(body.Rule);
            return rule.Name == name ? edits.Put([rule], body.By, body.Why, ct)
                : throw new RuleTextException([$"Name is {rule.Name}, and the address names {name}: a rule renamed is another rule"]);
        });

    // All faults of all rules, each with its rule.
    static List<RuleOptions> Read(IReadOnlyList<JsonObject> texts)
    {
        List<RuleOptions> rules = [];
        List<string> faults = [];
        for (var i = 0; i < texts.Count; i++)
        {
            try
            {
                rules.Add(RuleText.Read(texts[i]));
            }
            catch (RuleTextException e)
            {
                faults.AddRange(e.Faults.Select(fault => $"rule {i + 1}: {fault}"));
            }
        }
        return faults.Count == 0 ? rules : throw new RuleTextException(faults);
    }
}
