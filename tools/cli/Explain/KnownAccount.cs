using System.Data.Common;
using Dapper;
using Sigma.Notifier.Accounts;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>The account that was meant: events carry its id, people say the code that is in the messages.</summary>
/// <param name="Id">The label <c>account</c> of its events.</param>
/// <param name="Names">What it was called when it last had an alert; null when it never had one.</param>
/// <param name="AlsoCodeOf">Ids of others that have the typed number for their code.</param>
internal sealed record KnownAccount(string Id, AccountNames? Names, IReadOnlyList<string> AlsoCodeOf)
{
    const int MostOfOneCode = 10;

    /// <exception cref="UsageException">The number is the code of several accounts, and the id of none.</exception>
    public static async Task<KnownAccount> Find(Database database, DbConnection connection, StoredEvents events, string typed, TimeProvider time, CancellationToken ct)
    {
        LastKnownAccounts known = new(database, time);
        // No index: a row for each account that had an alert within a year, which is thousands.
        var byCode = (await connection.QueryAsync<string>(new CommandDefinition(
            $"select account from notifier_accounts where account_code = @typed and account <> @typed order by account limit {MostOfOneCode}", new { typed }, cancellationToken: ct))).AsList();
        if (await known.Find(typed, ct) is { } names)
            return new(typed, names, byCode);
        if (byCode.Count == 0 || await events.LastAt(typed, ct) is not null)
            return new(typed, null, byCode);
        if (byCode is not [var id])
            throw new UsageException($"{Screen.OneLine(typed)} is the code of several accounts: name one by its id, {string.Join(", ", byCode)}.");
        return new(id, await known.Find(id, ct), []);
    }

    public string Text => Names is null ? $"Account {Screen.OneLine(Id)}, of which no name is known (names are looked up for an alert)"
        : $"Account {Screen.OneLine(Id)}: {string.Join(", ", new[] { $"{Names.Code} {Names.TradeName}", Names.Company, Names.ClientGroup }.Where(name => name != AccountNames.NoName).Select(Screen.OneLine))}";
}
