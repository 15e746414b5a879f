using Sigma.Evaluator.Queries;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Explain;

/// <summary>The account that was meant: events carry its id, people say the code that is in the messages.</summary>
/// <param name="Id">The label <c>account</c> of its events.</param>
/// <param name="Names">What it was called when it last had an alert; null when it never had one.</param>
/// <param name="AlsoCodeOf">Ids of others that have the typed number for their code.</param>
internal sealed record KnownAccount(string Id, KnownNames? Names, IReadOnlyList<string> AlsoCodeOf)
{
    /// <exception cref="UsageException">The number is the code of several accounts, and the id of none.</exception>
    public static async Task<KnownAccount> Find(AccountQuery known, StoredEvents events, string typed, CancellationToken ct)
    {
        var byCode = await known.WithCode(typed, ct);
        if (await known.Find(typed, ct) is { } names)
            return new(typed, names, byCode);
        if (byCode.Count == 0 || await events.LastAt(typed, ct) is not null)
            return new(typed, null, byCode);
        if (byCode is not [var id])
            throw new UsageException($"{Screen.OneLine(typed)} is the code of several accounts: name one by its id, {string.Join(", ", byCode)}.");
        return new(id, await known.Find(id, ct), []);
    }

    public string Text => Names is null ? $"Account {Screen.OneLine(Id)}, of which no name is known (names are looked up for an alert)"
        : $"Account {Screen.OneLine(Id)}: "
            + string.Join(", ", new[] { $"{Names.Code} {Names.TradeName}", Names.Company, Names.ClientGroup }
                .Where(name => name != KnownNames.NoName).Select(Screen.OneLine));
}
