using System.Data.Common;
using Dapper;
using Sigma.Notifier.Accounts;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>What accounts were called when they last had an alert.</summary>
/// <param name="database">Where that is kept.</param>
/// <param name="connection">An open connection to it.</param>
/// <param name="time">The clock of the services.</param>
public sealed class AccountQuery(Database database, DbConnection connection, TimeProvider time)
{
    const int MostOfOneCode = 10;

    readonly LastKnownAccounts _known = new(database, time);

    /// <summary>By its id; null when it never had an alert.</summary>
    public async Task<KnownNames?> Find(string account, CancellationToken ct) =>
        await _known.Find(account, ct) is { } names ? new KnownNames(names.Code, names.TradeName, names.Company, names.ClientGroup) : null;

    /// <summary>Ids of others that have a number for their code.</summary>
    public async Task<IReadOnlyList<string>> WithCode(string code, CancellationToken ct) =>
        // No index: a row for each account that had an alert within a year, which is thousands.
        (await connection.QueryAsync<string>(new CommandDefinition(
            $"select account from notifier_accounts where account_code = @code and account <> @code order by account limit {MostOfOneCode}",
            new { code }, cancellationToken: ct))).AsList();
}

/// <summary>Names of an account; one that is not known is <see cref="NoName"/>.</summary>
/// <param name="Code">The code that messages show.</param>
/// <param name="TradeName">Its name.</param>
/// <param name="Company">Its company's.</param>
/// <param name="ClientGroup">Its client group's.</param>
public sealed record KnownNames(string Code, string TradeName, string Company, string ClientGroup)
{
    /// <summary>Stands where no name is known.</summary>
    public const string NoName = AccountInfo.NoName;
}
