using Sigma.Evaluator.Rules;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Evaluator.Queries;

/// <summary>The rules there are, and what they said before.</summary>
/// <param name="database">Where the rule book is.</param>
/// <param name="settings">The evaluators' own.</param>
public sealed class RuleQuery(Database database, EvaluatorOptions settings)
{
    /// <summary>All rules as an evaluator with these settings has them.</summary>
    public Task<RuleSet> Rules(CancellationToken ct) => RuleBook.Read(database, settings, ct);

    /// <summary>The rules with who made them so: first those of the settings, then the built-in ones, then those of the book by name.</summary>
    public async Task<IReadOnlyList<ListedRule>> All(CancellationToken ct) => (await List(ct)).Rules;

    /// <summary>The same, with the last change of the book.</summary>
    public async Task<ListedRules> List(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var revision = await RuleBook.Revisions.Last(session, ct);
        var made = await RuleBook.Revisions.All(session, ct);
        var rules = RuleBook.Parse(settings, made, revision);
        return new(revision, [.. rules.Provisioned.Select(rule => new ListedRule(rule.Name, rule.Options, null, null)),
            .. rules.BuiltIn.All.Select(BuiltIn),
            .. made.Select(change => Listed(change, rules))]);
    }

    /// <summary>One of them, also the built-in one of a source; null when there is none of this name.</summary>
    public async Task<ListedRule?> Find(string name, CancellationToken ct) =>
        (await All(ct)).FirstOrDefault(rule => rule.Name == name)
        ?? ((await Rules(ct)).Find(name) is { IsBuiltIn: true } builtIn ? BuiltIn(builtIn) : null);

    static ListedRule BuiltIn(Rule rule) => new(rule.Name, rule.Options, null, null) { IsBuiltIn = true };

    /// <summary>The changes of a rule, the newest first; of all when no name is given. Only those before one, when that is given.</summary>
    public async Task<IReadOnlyList<Revision>> History(string? name, int most, CancellationToken ct, long? before = null)
    {
        await using var session = await database.Begin(ct);
        return await RuleBook.Revisions.History(session, name, most, ct, before);
    }

    /// <summary>What a rule said by a revision; null when it has never had that one, or was removed by it.</summary>
    /// <exception cref="RuleTextException">This version cannot read it.</exception>
    public async Task<RuleOptions?> Find(string name, long revision, CancellationToken ct) =>
        await FindChange(name, revision, ct) is { Body: { } body } ? RuleText.Read(body) : null;

    /// <summary>A change of a rule; null when it has never had that one.</summary>
    public async Task<Revision?> FindChange(string name, long revision, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await RuleBook.Revisions.Find(session, revision, ct) is { } change && change.Name == name ? change : null;
    }

    static ListedRule Listed(Revision change, RuleSet rules)
    {
        var made = rules.Made.FirstOrDefault(rule => rule.Name == change.Name);
        return new(change.Name, made?.Rule?.Options, change, made is null ? "the settings have a rule of this name, which counts" : made.Fault);
    }
}

/// <summary>All rules.</summary>
/// <param name="Revision">The last change of the book; 0 before the first.</param>
/// <param name="Rules">First those of the settings.</param>
public sealed record ListedRules(long Revision, IReadOnlyList<ListedRule> Rules);

/// <summary>A rule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">What it says; null when this version cannot read it, or it does not count.</param>
/// <param name="Made">Its last change; null when the settings have it.</param>
/// <param name="Fault">Why it is not judged by this version; null when it is.</param>
public sealed record ListedRule(string Name, RuleOptions? Options, Revision? Made, string? Fault)
{
    /// <summary>Whether nobody has written it: what can be set of it, the settings say.</summary>
    public bool IsBuiltIn { get; init; }
}
