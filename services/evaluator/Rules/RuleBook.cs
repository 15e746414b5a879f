using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// The rules as they are now. People change them while evaluators run, so whoever stores news or decides on a trigger asks inside the transaction:
/// then no evaluator judges by rules that another has seen changed.
/// </summary>
internal sealed class RuleBook(IOptions<EvaluatorOptions> options, ILogger<RuleBook> log)
{
    public static readonly RevisionLog Revisions = new("evaluator", "rules");

    readonly HashSet<(string, string)> _said = [];
    volatile RuleSet _now = new(options);

    /// <summary>As they were when this evaluator last looked, which is some seconds ago at most; for what is looked at again.</summary>
    public RuleSet Now => _now;

    /// <summary>As they are, until this transaction ends: who changes them waits for it.</summary>
    public async Task<RuleSet> Current(DbSession session, CancellationToken ct)
    {
        var revision = await Revisions.Current(session, ct);
        var known = _now;
        return revision == known.Revision ? known : _now = await Read(session, known, revision, ct);
    }

    /// <summary>As they are now, for what is looked at again.</summary>
    public async Task<RuleSet> Refresh(Database database, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var rules = await Current(session, ct);
        await session.Commit(ct);
        return rules;
    }

    /// <summary>Makes the book, so that its first change waits as every other.</summary>
    public static async Task Open(Database database, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await Revisions.Open(session, ct);
        await session.Commit(ct);
    }

    /// <summary>Those of a database as a service with these settings has them.</summary>
    public static async Task<RuleSet> Read(Database database, EvaluatorOptions settings, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var revision = await Revisions.Last(session, ct);
        return Parse(settings, await Revisions.All(session, ct), revision);
    }

    /// <summary>What changes and settings together say.</summary>
    public static RuleSet Parse(EvaluatorOptions settings, IEnumerable<Revision> made, long revision) =>
        new(settings, [.. made.Select(change => Parse(change, null))], revision, null);

    async Task<RuleSet> Read(DbSession session, RuleSet known, long revision, CancellationToken ct)
    {
        List<MadeRule> made = [];
        foreach (var change in await Revisions.All(session, ct))
            made.Add(Parse(change, known));
        lock (_said)
            foreach (var rule in made.Where(rule => rule.Fault is not null && _said.Add((rule.Name, rule.Fault))))
                log.LogError("The rule {Rule} cannot be read by this version, which leaves it and its alerts alone: {Reason}", rule.Name, rule.Fault);
        return new RuleSet(options.Value, made, revision, known);
    }

    // A rule that has not changed is the same object: who has applied it need not do it again.
    static MadeRule Parse(Revision made, RuleSet? known)
    {
        if (known?.Made.FirstOrDefault(rule => rule.Name == made.Name && rule.Rule?.Revision == made.Number) is { } same)
            return same;
        try
        {
            return new MadeRule(made.Name, new Rule(RuleText.Read(made.Body!), made.Number), null);
        }
        catch (RuleTextException e)
        {
            return new MadeRule(made.Name, null, e.Message) { Unread = Unread(made.Body!) };
        }
    }

    static (string, string)? Unread(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject rule && rule["Kind"] is JsonValue kind && rule["Source"] is JsonValue source
                ? (kind.ToString(), source.ToString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
