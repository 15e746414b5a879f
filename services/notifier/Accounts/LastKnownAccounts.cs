using Microsoft.EntityFrameworkCore;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Schema;
using Sigma.Notifier.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Accounts;

/// <summary>The last known names of each account, for when Segware is unavailable.</summary>
internal sealed class LastKnownAccounts(Database database, TimeProvider time)
{
    public async Task<AccountInfo?> Find(string account, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var names = await Find(session, account, ct);
        await session.Commit(ct);
        return names;
    }

    public async Task<AccountInfo?> Find(DbSession session, string account, CancellationToken ct)
    {
        var row = await session.Use(NotifierContext.Schema).Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Account == account, ct);
        return row is null ? null : new AccountInfo(account, LookupStatus.Known, row.AccountCode, row.CompanyId, Name(row.TradeName),
            Name(row.CompanyTradeName), Name(row.ClientGroupName));
    }

    // A row may be older than the cleaning of names.
    static string Name(string? stored) => OutsideText.Line(stored) is { Length: > 0 } name ? name : AccountInfo.NoName;

    public async Task Keep(AccountInfo names, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var context = session.Use(NotifierContext.Schema);
        var row = await context.Accounts.FindAsync([names.Account], ct) ?? context.Add(new AccountRow { Account = names.Account }).Entity;
        row.AccountCode = names.Code.Truncate(64);
        row.CompanyId = names.CompanyId ?? 0;
        row.TradeName = names.TradeName.Truncate(255);
        row.CompanyTradeName = names.Company.Truncate(255);
        row.ClientGroupName = names.ClientGroup.Truncate(255);
        row.RefreshedAt = time.GetUtcNow();
        try
        {
            await context.SaveChangesAsync(ct);
            await session.Commit(ct);
        }
        catch (DbUpdateException e) when (session.Dialect.IsConflict(e))
        {
            // Another notifier has just asked Segware for the same account.
        }
    }
}
