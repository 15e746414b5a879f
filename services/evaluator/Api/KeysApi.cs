using Sigma.Contracts;
using Sigma.Evaluator.Queries;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>
/// <c>GET /explain?rule=…&amp;label=account=…</c>: what is counted of a key of a rule at a moment, what is left out, and how it is judged: the
/// evaluator's part of <c>sigma explain</c>, by the same statements.
/// </summary>
internal static class KeysApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/explain", Explain);

    static async Task<IResult> Explain(string rule, string[]? label, DateTimeOffset? at, RuleQuery query, KeyExplanation explanation,
        TimeProvider time, CancellationToken ct)
    {
        if (Labels.Read(label) is not { } labels)
            return Problems.Refused([Labels.Fault], StatusCodes.Status400BadRequest);
        var rules = await query.Rules(ct);
        if (rules.Find(rule) is not { } found)
            return Problems.NotFound($"There is no rule {rule} that is judged.");
        if (found.Kind != RuleKind.Count)
            return Problems.Refused([$"{rule} is of the kind {found.Kind}: only of events it is kept what is counted"]);
        if (found.GroupBy.Except(labels.Keys).ToList() is { Count: > 0 } missing)
            return Problems.Refused([$"the rule groups by {string.Join(", ", found.GroupBy)}; say the value of {string.Join(", ", missing)} too"],
                StatusCodes.Status400BadRequest);
        return Results.Ok(await explanation.Of(rules, found, found.KeyOf(labels), at?.ToUnixTimeMilliseconds() ?? time.Milliseconds(), ct));
    }
}
