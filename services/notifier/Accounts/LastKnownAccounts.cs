using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Accounts;

/// <summary>The names each account had when Segware last told them, for when it is down.</summary>
internal sealed class LastKnownAccounts(Database database, TimeProvider time)
{
    public async Task<AccountNames?> Find(string account, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var names = await Find(session, account, ct);
        await session.Commit(ct);
        return names;
    }

    public async Task<AccountNames?> Find(DbSession session, string account, CancellationToken ct)
    {
        var row = await session.First<Row>(
            """
            select account_code Code, company_id CompanyId, trade_name TradeName, company_trade_name Company, client_group_name ClientGroup
            from notifier_accounts where account = @account
            """, new { account }, ct); // primary key
        return row is null ? null : new AccountNames(account, Standing.Known, row.Code, row.CompanyId, Name(row.TradeName),
            Name(row.Company), Name(row.ClientGroup));
    }

    // A row may be older than the cleaning of names.
    static string Name(string? stored) => OutsideText.Line(stored) is { Length: > 0 } name ? name : AccountNames.NoName;

    public async Task Keep(AccountNames names, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute(
            $"""
            insert into notifier_accounts(account, account_code, company_id, trade_name, company_trade_name, client_group_name, refreshed_at)
            values(@Account, @Code, @CompanyId, @TradeName, @Company, @ClientGroup, @now)
            {session.Dialect.OnConflictUpdate("account", "account_code", "company_id", "trade_name", "company_trade_name", "client_group_name", "refreshed_at")}
            """,
            new
            {
                names.Account, Code = names.Code.Cut(64), names.CompanyId, TradeName = names.TradeName.Cut(255), Company = names.Company.Cut(255),
                ClientGroup = names.ClientGroup.Cut(255), now = time.Milliseconds(),
            }, ct);
        await session.Commit(ct);
    }

    sealed class Row
    {
        public string Code { get; init; } = "";
        public long CompanyId { get; init; }
        public string TradeName { get; init; } = "";
        public string? Company { get; init; }
        public string? ClientGroup { get; init; }
    }
}
