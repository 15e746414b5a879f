using Microsoft.Extensions.Options;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Api;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Evaluator.Api;

/// <summary>Makes a change of the rule book and says what came of it, or why it is refused.</summary>
internal sealed class RuleAnswers(Database database, IOptions<EvaluatorOptions> options, TimeProvider time)
{
    /// <summary>Of one rule: what the request expects is its revision.</summary>
    public Task<IResult> Edit(HttpContext http, string name, Func<RuleEdits, Task<IReadOnlyList<RuleEdit>>> edit) => Edit(http, edit, name);

    /// <summary>Of the book: what the request expects is its last revision.</summary>
    public Task<IResult> EditAll(HttpContext http, Func<RuleEdits, Task<IReadOnlyList<RuleEdit>>> edit) => Edit(http, edit, null);

    /// <summary>Why rules are refused, with the status that says what kind of fault it is.</summary>
    public static IResult Refused(RuleTextException e) => e.Refusal switch
    {
        RuleRefusal.Unknown => Problems.Refused(e.Faults, StatusCodes.Status404NotFound),
        RuleRefusal.Taken => Problems.Refused(e.Faults, StatusCodes.Status409Conflict),
        RuleRefusal.Outdated => Problems.Outdated(e.Message),
        _ => Problems.Refused(e.Faults),
    };

    /// <summary>A rule of the list.</summary>
    public static RuleAnswer Of(ListedRule rule) => new(rule.Name, rule.Made is null, rule.Made?.Number ?? 0,
        rule.Options is { } says ? RuleText.Differing(says) : null, rule.Fault)
    {
        IsBuiltIn = rule.IsBuiltIn,
        Kind = rule.Options?.Kind, Source = rule.Options?.Source, Mode = rule.Options?.Mode.ToString().ToLowerInvariant(),
        Change = rule.Made?.Change, By = rule.Made?.By, Why = rule.Made?.Why, At = rule.Made?.At,
    };

    /// <summary>A rule as it was by a change.</summary>
    public static RuleAnswer Of(Revision change)
    {
        try
        {
            return Of(new ListedRule(change.Name, RuleText.Read(change.Body!), change, null));
        }
        catch (RuleTextException e)
        {
            return Of(new ListedRule(change.Name, null, change, e.Message));
        }
    }

    async Task<IResult> Edit(HttpContext http, Func<RuleEdits, Task<IReadOnlyList<RuleEdit>>> edit, string? name)
    {
        RuleEdits edits = new(database, options.Value, time)
        {
            Expected = http.Request.ExpectedRevision() is { } revision ? new ExpectedRevision(name, revision) : null,
        };
        try
        {
            var made = await edit(edits);
            if (name is not null && made is [{ IsRemoved: false } only])
                http.Response.SetRevision(only.Revision);
            return Results.Ok(new RulesChanged(made));
        }
        catch (RuleTextException e)
        {
            return Refused(e);
        }
    }
}
