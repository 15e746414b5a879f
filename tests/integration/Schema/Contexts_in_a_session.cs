using Microsoft.EntityFrameworkCore;
using Sigma.Notifier.Schema;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Contexts_in_a_session
{
    [Theory, InlineData(StorageProvider.MySql), InlineData(StorageProvider.Sqlite)]
    public Task Save_in_its_transaction_and_nowhere_else(StorageProvider provider) => With(provider, async database =>
    {
        await using (var rolledBack = await database.Begin(CancellationToken.None))
        {
            await Add(rolledBack, "1", "2", "3"); // several rows: a context by itself would begin a transaction, and MySQL commit ours
            Assert.Equal(3, await rolledBack.First<long>("select count(*) from notifier_accounts", null, CancellationToken.None));
        }
        await using (var committed = await database.Begin(CancellationToken.None))
        {
            Assert.Equal(0, await committed.Use(NotifierContext.Schema).Accounts.CountAsync());
            await committed.Execute(
                "insert into notifier_accounts(account, account_code, company_id, trade_name, refreshed_at) values('4', '4', 1, '', 0)", null,
                CancellationToken.None);
            await Add(committed, "5");
            Assert.Equal(2, await committed.Use(NotifierContext.Schema).Accounts.CountAsync());
            await committed.Commit(CancellationToken.None);

            await committed.Begin(CancellationToken.None); // the same session again
            await Add(committed, "6");
            await committed.Commit(CancellationToken.None);
        }
        await using var after = await database.Begin(CancellationToken.None);
        var known = await after.Use(NotifierContext.Schema).Accounts.AsNoTracking().OrderBy(row => row.Account).ToListAsync();
        Assert.Equal(["4", "5", "6"], known.Select(row => row.Account));
        Assert.Equal(DateTimeOffset.UnixEpoch, known[0].RefreshedAt);
    });

    [Theory, InlineData(StorageProvider.MySql), InlineData(StorageProvider.Sqlite)]
    public Task Begin_no_transaction_of_their_own(StorageProvider provider) => With(provider, async database =>
    {
        await using var session = await database.Begin(CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.Use(NotifierContext.Schema).Database.BeginTransactionAsync());
    });

    [Theory, InlineData(StorageProvider.MySql), InlineData(StorageProvider.Sqlite)]
    public Task Tell_a_key_that_exists_from_a_value_that_is_refused(StorageProvider provider) => With(provider, async database =>
    {
        await using var session = await database.Begin(CancellationToken.None);
        await Add(session, "1");
        session.Use(NotifierContext.Schema).ChangeTracker.Clear();
        var conflict = await Assert.ThrowsAsync<DbUpdateException>(() => Add(session, "1"));
        Assert.True(session.Dialect.IsConflict(conflict));
        Assert.False(session.Dialect.IsRefusal(conflict));

        session.Use(NotifierContext.Schema).ChangeTracker.Clear();
        session.Use(NotifierContext.Schema)
            .Add(new AccountRow { Account = "2", TradeName = provider == StorageProvider.MySql ? new string('x', 300) : null! });
        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => session.Use(NotifierContext.Schema).SaveChangesAsync());
        Assert.True(session.Dialect.IsRefusal(refusal));
    });

    static Task Add(DbSession session, params string[] accounts)
    {
        var context = session.Use(NotifierContext.Schema);
        context.AddRange(accounts.Select(account => new AccountRow { Account = account, RefreshedAt = DateTimeOffset.UnixEpoch }));
        return context.SaveChangesAsync();
    }

    static async Task With(StorageProvider provider, Func<Database, Task> test)
    {
        if (provider == StorageProvider.MySql)
        {
            await using var database = await SchemaDatabase.Create();
            await database.Migrate();
            await test(database.Open());
            return;
        }
        using var file = new SchemaFile();
        await SchemaDatabase.Migrate(file.Open());
        await test(file.Open());
    }
}
