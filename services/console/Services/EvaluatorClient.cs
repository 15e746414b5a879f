using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the evaluator, by its internal API. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class EvaluatorClient(ServiceCalls calls)
{
    const string Root = "internal/evaluator/";

    static readonly TimeSpan BacktestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>What is raised, the newest first, page by page; those of rules in the shadow when that is wanted, and those alone.</summary>
    public Task<ServicePage<RaisedAlert>> Alerts(string? after, int limit, bool shadow, CancellationToken ct) =>
        calls.Get<ServicePage<RaisedAlert>>(
            new RequestPath($"{Root}alerts").With("after", after).With("limit", limit).With("shadow", shadow ? "true" : null).ToString(), ct);

    /// <summary>An alert with what people did with it; null when nothing is known of it.</summary>
    public Task<AlertWithNotes?> Alert(Guid alert, CancellationToken ct) => calls.Find<AlertWithNotes>($"{Root}alerts/{alert}", ct);

    /// <summary>What is counted of a key of a rule, what is left out, and how it is judged; at a moment, or now.</summary>
    public Task<ExplainedKey> Explain(string rule, IReadOnlyDictionary<string, string> labels, DateTimeOffset? at, CancellationToken ct) =>
        calls.Get<ExplainedKey>(new RequestPath($"{Root}explain").With("rule", rule)
            .With("label", labels.Select(label => $"{label.Key}={label.Value}")).With("at", at).ToString(), ct);

    /// <summary>Which keys rules count for an account; of one rule or source when that is wanted.</summary>
    public Task<KeysOfAccount> Keys(KeysQuestion question, CancellationToken ct) =>
        calls.Get<KeysOfAccount>(new RequestPath($"{Root}explain/keys").With("rule", question.Rule).With("source", question.Source)
            .With("label", question.Labels.Select(label => $"{label.Key}={label.Value}")).With("at", question.At).ToString(), ct);

    /// <summary>All rules.</summary>
    public Task<RuleList> Rules(CancellationToken ct) => calls.Get<RuleList>($"{Root}rules", ct);

    /// <summary>A rule, as it is or as it was; null when there is none.</summary>
    public Task<ListedRule?> Rule(string name, long? revision, CancellationToken ct) =>
        calls.Find<ListedRule>(Of("rule", name).With("revision", revision).ToString(), ct);

    /// <summary>Who changed what, when and why, the newest first; of all rules when no name is given.</summary>
    public Task<ServicePage<RuleRevision>> RuleRevisions(string? name, string? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<RuleRevision>>(
            new RequestPath($"{Root}rules/revisions").With("name", name).With("after", after).With("limit", limit).ToString(), ct);

    /// <summary>In which fields two revisions differ; without <paramref name="to"/>, from what the rule says now.</summary>
    public async Task<IReadOnlyList<RuleDifference>> RuleDifference(string name, long from, long? to, CancellationToken ct) =>
        (await calls.Get<Differences>(Of("rule/difference", name).With("from", from).With("to", to).ToString(), ct)).Fields;

    /// <summary>What is wrong with a rule beside those there are; empty when nothing is.</summary>
    public Task<IReadOnlyList<string>> CheckRule(JsonObject rule, CancellationToken ct) => CheckRules([rule], ct);

    /// <summary>What is wrong with rules beside each other and those there are; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> CheckRules(IReadOnlyList<JsonObject> rules, CancellationToken ct) =>
        (await calls.Send<RuleFaults>(HttpMethod.Post, $"{Root}rules/check", new { rules }, null, null, ct)).Faults;

    /// <summary>Makes or changes a rule.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rule">What it is to say.</param>
    /// <param name="expected">Its revision as it was read; 0 when it must not be there yet; null when that does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="ct">Ends it.</param>
    public Task<RuleChange> PutRule(string name, JsonObject rule, long? expected, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Put, Of("rule", name), new { rule, by, why }, expected, ct);

    /// <summary>Makes or changes rules, all or none.</summary>
    /// <param name="rules">What they are to say.</param>
    /// <param name="expected">The book's revision as it was read; null when that does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyList<RuleChange>> PutRules(IReadOnlyList<JsonObject> rules, long? expected, string by, string? why,
        CancellationToken ct) =>
        (await calls.Send<RulesChanged>(HttpMethod.Post, $"{Root}rules", new { rules, by, why }, expected, null, ct)).Changes;

    /// <summary>Has a rule judged <c>live</c>, in the <c>shadow</c> or not at all: <c>off</c>.</summary>
    public Task<RuleChange> SetRuleMode(string name, string mode, long? expected, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Of("rule/mode", name), new { mode, by, why }, expected, ct);

    /// <summary>Has a rule say again what it said by a revision.</summary>
    public Task<RuleChange> RollBackRule(string name, long revision, long? expected, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Of("rule/rollback", name), new { revision, by, why }, expected, ct);

    /// <summary>Makes another rule that says the same, switched off.</summary>
    public Task<RuleChange> CloneRule(string name, string clone, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Of("rule/clone", name), new { name = clone, by, why }, null, ct);

    /// <summary>Takes a rule away.</summary>
    public Task<RuleChange> RemoveRule(string name, long? expected, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Of("rule/remove", name), new { by, why }, expected, ct);

    /// <summary>What a rule would have raised, line by line: to go away ends it.</summary>
    /// <exception cref="ServiceException">It is refused, or it broke off.</exception>
    public async IAsyncEnumerable<BacktestLine> Backtest(BacktestQuestion question, [EnumeratorCancellation] CancellationToken ct)
    {
        int? missing = null;
        await foreach (var line in calls.Stream($"{Root}backtests", question, BacktestTimeout, ct))
        {
            switch (line.TryGetProperty("kind", out var kind) ? kind.GetString() : null)
            {
                case "progress":
                    yield return Read<BacktestProgress>(line);
                    break;
                case "backtest":
                    var summary = Read<BacktestSummary>(line);
                    missing = summary.Shown;
                    yield return summary;
                    break;
                case "alert":
                    missing--;
                    yield return Read<BacktestAlert>(line);
                    break;
                case "failed":
                    throw Broken($"the back-test failed: {Read<BacktestFailure>(line).Detail}");
            }
        }
        if (missing is not 0)
            throw Broken("the back-test broke off before all of it came");
    }

    async Task<RuleChange> Change(HttpMethod method, RequestPath path, object body, long? expected, CancellationToken ct) =>
        (await calls.Send<RulesChanged>(method, path.ToString(), body, expected, null, ct)).Changes is [{ } change, ..] ? change
            : throw Broken("it does not say what became of the change");

    static RequestPath Of(string path, string name) => new RequestPath($"{Root}{path}").With("name", name);

    static T Read<T>(JsonElement line)
    {
        try
        {
            return line.Deserialize<T>(ServiceJson.Options)!;
        }
        catch (JsonException e)
        {
            throw Broken($"a line of the back-test cannot be read: {e.Message}");
        }
    }

    static ServiceException Broken(string reason) => new("evaluator", ServiceFailure.Unexpected, reason);

    sealed record Differences
    {
        public required IReadOnlyList<RuleDifference> Fields { get; init; }
    }

    sealed record RuleFaults
    {
        public required IReadOnlyList<string> Faults { get; init; }
    }

    sealed record RulesChanged
    {
        public required IReadOnlyList<RuleChange> Changes { get; init; }
    }
}
