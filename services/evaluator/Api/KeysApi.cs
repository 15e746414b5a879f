using Sigma.Contracts;
using Sigma.Evaluator.Queries;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>
/// <c>GET /explain?rule=…&amp;label=account=…</c>: what is counted of a key of a rule at a moment, what is left out, and how it is judged: the
/// evaluator's part of <c>sigma explain</c>, by the same statements. <c>GET /explain/keys?label=account=…</c>: which keys rules count for an account.
/// </summary>
internal static class KeysApi
{
    public const string Account = "account";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/explain", Explain);
        app.MapGet("/explain/keys", Keys);
    }

    static async Task<IResult> Keys(string[]? label, string? rule, string? source, DateTimeOffset? at, RuleQuery query, AccountKeys keys,
        Database database, TimeProvider time, CancellationToken ct)
    {
        if (Labels.Read(label) is not { } labels)
            return Problems.Refused([Labels.Fault], StatusCodes.Status400BadRequest);
        if (!labels.TryGetValue(Account, out var account) || account.Length == 0)
            return Problems.Refused([$"say {nameof(label)}={Account}=… : an account's keys are found by their events"],
                StatusCodes.Status400BadRequest);
        var rules = await query.Rules(ct);
        var about = rules.Counting.Where(one => (source ?? one.Source) == one.Source && (rule ?? one.Name) == one.Name).ToList();
        if (rule is not null && about.Count == 0)
            return Problems.NotFound($"There is no rule {rule} that counts events{(source is null ? "" : $" of {source}")}.");
        var moment = at?.ToUnixTimeMilliseconds() ?? time.Milliseconds();
        long? last = null;
        await using (var connection = await database.Open(ct))
            foreach (var each in about.Select(one => one.Source).Distinct())
                if (await new StoredEvents(connection, each).LastAt(account, ct) is { } newest && newest > (last ?? 0))
                    last = newest;
        return Results.Ok(new KeysOfAccount(moment.ToTime(), [.. about.Select(one => one.Name)], last?.ToTime(),
            await keys.Of(rules, about, labels, moment, ct)));
    }

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
