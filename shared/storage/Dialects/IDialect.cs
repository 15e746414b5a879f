using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Storage;

/// <summary>What differs between the databases, so that each statement is written once, next to what uses it.</summary>
public interface IDialect
{
    /// <summary>Its name among the two.</summary>
    string Name { get; }

    /// <summary><c>insert</c> that leaves a row alone whose key exists.</summary>
    string InsertIgnore { get; }

    /// <summary>Locks the rows read until the transaction ends.</summary>
    string ForUpdate { get; }

    /// <summary>Locks the rows read, passing over those somebody else has locked.</summary>
    string ForUpdateSkipLocked { get; }

    /// <summary>Waits for writers of the rows read and keeps new ones out until the transaction ends.</summary>
    string ForShare { get; }

    /// <summary>A connection, not yet open.</summary>
    DbConnection Connect(string connectionString);

    /// <summary>The database's own time as stored: for what processes must agree on whose clocks may differ.</summary>
    string Now { get; }

    /// <summary>The statement that is run on every connection once it is open.</summary>
    string Prepare { get; }

    /// <summary>Begins a transaction that sees what others have committed and locks no gaps.</summary>
    string Begin { get; }

    /// <summary>Commits what was begun.</summary>
    string Commit { get; }

    /// <summary>Takes back what was begun.</summary>
    string RollBack { get; }

    /// <summary>Waits until a transaction may begin; what it returns is disposed when the transaction has ended.</summary>
    Task<IDisposable?> EnterTransaction(CancellationToken ct);

    /// <summary>The tail of an <c>insert</c> that updates <paramref name="columns"/> where the key exists.</summary>
    string OnConflictUpdate(string key, params string[] columns);

    /// <summary>The value an insert offered for a column, within <see cref="OnConflictUpdate"/>.</summary>
    string Offered(string column);

    /// <summary>Deletes at most <paramref name="rows"/> rows whose <paramref name="column"/> is below <c>@before</c>.</summary>
    string DeleteOldest(string table, string column, int rows);

    /// <summary>A text literal that needs no escaping.</summary>
    string Text(string value);

    /// <summary>
    /// A type or constraint of a column refuses a value: the same statement never succeeds. A key that exists is none, for the work done again may
    /// find it.
    /// </summary>
    bool IsRefusal(Exception exception);

    /// <summary>A row with this key exists already.</summary>
    bool IsConflict(Exception exception);

    /// <summary>It refuses our login: user, password, database or rights are wrong. Retrying seldom helps.</summary>
    bool IsDenial(Exception exception);

    /// <summary>What is wrong with the server's certificate, if that is why there is no connection.</summary>
    string? Refusal(Exception exception);

    /// <summary>Tells a context of this database, and in which table its migrations are written down.</summary>
    void Use(DbContextOptionsBuilder options, DbConnection? connection, string history);

    /// <summary>Takes the lock under which migrations run; disposing it gives it back.</summary>
    Task<IAsyncDisposable> LockMigrations(DbConnection connection, CancellationToken ct);

    /// <summary>Whether a column is there.</summary>
    Task<bool> HasColumn(DbConnection connection, string table, string column, CancellationToken ct);

    /// <summary>Whether an index is there.</summary>
    Task<bool> HasIndex(DbConnection connection, string table, string index, CancellationToken ct);

    /// <summary>Names of the unique indexes on exactly these columns, comma separated, the primary key left out.</summary>
    Task<IReadOnlyList<string>> UniqueIndexesOn(DbConnection connection, string table, string columns, CancellationToken ct);
}
