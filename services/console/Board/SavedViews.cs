using Microsoft.EntityFrameworkCore;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Board;

/// <summary>What people look at again and again: filters of the board by names that they gave them. Everybody has their own.</summary>
public sealed class SavedViews
{
    /// <summary>The longest name, the longest address, and the most of one person.</summary>
    public const int LongestName = 100, LongestQuery = 2000, Most = 100;

    readonly Database _database;

    internal SavedViews(Database database) => _database = database;

    /// <summary>Somebody's, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> List(Caller caller, CancellationToken ct)
    {
        await using var session = await _database.Begin(ct);
        var rows = await Of(session, caller).AsNoTracking().OrderBy(view => view.Name).Take(Most).ToListAsync(ct);
        return [.. rows.Select(view => new SavedView(view.Name, view.Query))];
    }

    /// <summary>Saves one, in the place of the one of the same name.</summary>
    public async Task<SaveOutcome> Save(string name, string query, Caller caller, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return SaveOutcome.NameInvalid;
        var said = BoardFilter.Parse(query).ToQuery();
        if (said.Length > LongestQuery)
            return SaveOutcome.TooLong;
        for (var isAgain = false; ; isAgain = true)
        {
            await using var session = await _database.Begin(ct);
            try
            {
                return await Save(session, name, said, caller, ct);
            }
            catch (DbUpdateException e) when (!isAgain && session.Dialect.IsConflict(e))
            {
                // The same person saved it on another screen at this moment.
            }
        }
    }

    /// <summary>Deletes one; false when there is none.</summary>
    public async Task<bool> Delete(string name, Caller caller, CancellationToken ct)
    {
        await using var session = await _database.Begin(ct);
        var deleted = await Of(session, caller).Where(view => view.Name == name).ExecuteDeleteAsync(ct);
        await session.Commit(ct);
        return deleted > 0;
    }

    static async Task<SaveOutcome> Save(DbSession session, string name, string query, Caller caller, CancellationToken ct)
    {
        var known = await Of(session, caller).FirstOrDefaultAsync(view => view.Name == name, ct);
        if (known is null && await Of(session, caller).CountAsync(ct) >= Most)
            return SaveOutcome.TooMany;
        if (known is not null)
            known.Query = query;
        else
            session.Use(ConsoleContext.Schema).Views.Add(
                new ViewRow { ViewId = Guid.CreateVersion7(), Owner = caller.Name, Name = name, Query = query });
        await session.Use(ConsoleContext.Schema).SaveChangesAsync(ct);
        await session.Commit(ct);
        return SaveOutcome.Saved;
    }

    static IQueryable<ViewRow> Of(DbSession session, Caller caller)
    {
        var owner = caller.Name;
        return session.Use(ConsoleContext.Schema).Views.Where(view => view.Owner == owner); // uq_console_views_name
    }
}

/// <summary>A saved view.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Query">The address's part behind the question mark, as <see cref="BoardFilter.ToQuery"/> writes it.</param>
public sealed record SavedView(string Name, string Query);

/// <summary>What became of a view that was to be saved.</summary>
public enum SaveOutcome
{
    /// <summary>It is saved.</summary>
    Saved,

    /// <summary>Its name is empty, too long, or nothing that can be shown.</summary>
    NameInvalid,

    /// <summary>Its filter is too long.</summary>
    TooLong,

    /// <summary>There are too many.</summary>
    TooMany,
}
