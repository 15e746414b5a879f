using Dapper;
using Sigma.Hosting.Api;
using Sigma.Notifier.Accounts;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>What accounts were called when they last had an alert, many at a time: those who show alerts show them by name.</summary>
internal static class AccountsApi
{
    const int Most = 500, LongestAccount = 64;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/accounts/names", Names);

    static async Task<IResult> Names(AccountsQuestion body, Database database, CancellationToken ct)
    {
        if (body.Accounts.Count is 0 or > Most)
            return Problems.Refused([$"accounts are 1 to {Most}"]);
        // What is longer is no account: the column would not hold it.
        var accounts = body.Accounts.Where(account => account.Length <= LongestAccount).Distinct(StringComparer.Ordinal).ToList();
        if (accounts.Count == 0)
            return Results.Ok(new AccountsAnswer([]));
        await using var connection = await database.Open(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition( // primary key
            $"""
            select account Account, account_code Code, trade_name TradeName, company_trade_name Company, client_group_name ClientGroup
            from notifier_accounts where account in ({string.Join(',', accounts.Select(database.Dialect.Text))})
            """, flags: CommandFlags.NoCache | CommandFlags.Buffered, cancellationToken: ct));
        return Results.Ok(new AccountsAnswer([.. rows.Select(row => new NamedAccount(row.Account, row.Code, Name(row.TradeName), Name(row.Company),
            Name(row.ClientGroup)))]));
    }

    static string? Name(string? stored) => string.IsNullOrEmpty(stored) || stored == AccountInfo.NoName ? null : stored;

    sealed class Row
    {
        public string Account { get; init; } = "";
        public string Code { get; init; } = "";
        public string? TradeName { get; init; }
        public string? Company { get; init; }
        public string? ClientGroup { get; init; }
    }
}

/// <summary>Which accounts are asked about, by the label <c>account</c>.</summary>
internal sealed record AccountsQuestion(IReadOnlyList<string> Accounts);

/// <summary>Those of them whose names are known.</summary>
internal sealed record AccountsAnswer(IReadOnlyList<NamedAccount> Accounts);

/// <summary>What an account is called; a name that is not known is missing.</summary>
internal sealed record NamedAccount(string Account, string Code, string? TradeName, string? Company, string? ClientGroup);
