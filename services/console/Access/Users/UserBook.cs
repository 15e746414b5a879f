using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Sigma.OperatorConsole.Access.Sessions;
using Sigma.OperatorConsole.Access.SignIn;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Users;

/// <summary>The users: shown and changed by administrators who see everything. Each change of what one may do ends one's sessions.</summary>
internal sealed class UserBook(Database database, AuditLog audit, Passwords passwords, SessionCheck sessions, SignInRate rate, TimeProvider time)
{
    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<UserView>> List(Caller caller, CancellationToken ct)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        var rows = await Rows(session).AsNoTracking().OrderBy(row => row.Name).ToListAsync(ct);
        var now = time.GetUtcNow();
        return [.. rows.Select(row => UserView.Of(row, now))];
    }

    /// <summary>One; null when there is none.</summary>
    public async Task<UserView?> Find(Guid user, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        return await Rows(session).AsNoTracking().FirstOrDefaultAsync(row => row.UserId == user, ct) is { } row
            ? UserView.Of(row, time.GetUtcNow()) : null;
    }

    /// <summary>Adds one, with a password made up for the first sign-in.</summary>
    /// <exception cref="AccessRefusedException">It cannot be; the problem says why.</exception>
    public async Task<UserPassword> Add(string? name, Role role, LabelLimits limits, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        var known = UserNames.Of(name);
        if (UserNames.Fault(known) is { } fault)
            throw new AccessRefusedException(fault);
        var password = Passwords.Create();
        UserRow row = new()
        {
            UserId = Guid.CreateVersion7(), Name = known, PasswordHash = passwords.Hash(password), Role = role.ToString(), Limits = limits.ToJson(),
            MustChangePassword = true, Stamp = Guid.NewGuid(), CreatedAt = time.GetUtcNow(),
        };
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Users.AnyAsync(other => other.Name == known, ct))
            throw new AccessRefusedException(AccessProblem.NameTaken);
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (session.Dialect.IsConflict(e))
        {
            throw new AccessRefusedException(AccessProblem.NameTaken);
        }
        await audit.Write(session, caller, "user.add", known, null, State(row), ct);
        await session.Commit(ct);
        return new(UserView.Of(row, time.GetUtcNow()), password);
    }

    /// <summary>Changes what one may do and see; null when there is no such user.</summary>
    /// <exception cref="AccessRefusedException">It cannot be; the problem says why.</exception>
    public Task<UserView?> Change(Guid user, Role role, LabelLimits limits, bool disabled, Caller caller, CancellationToken ct) =>
        Edit(user, "user.change", caller, ct, row =>
        {
            var same = RoleNames.Read(row.Role) == role && (row.Limits ?? "") == (limits.ToJson() ?? "");
            if (!same && row.PasswordHash is null)
                throw new AccessRefusedException(AccessProblem.SignsInElsewhere);
            if (same && row.Disabled == disabled)
                return false;
            if (row.Name == caller.Name)
                throw new AccessRefusedException(AccessProblem.Oneself);
            (row.Role, row.Limits, row.Disabled) = (role.ToString(), limits.ToJson(), disabled);
            row.Stamp = Guid.NewGuid();
            return true;
        });

    /// <summary>Gives one a password that is shown once and must be changed, and lets them try again; null when there is no such user.</summary>
    /// <exception cref="AccessRefusedException">They have none here.</exception>
    public async Task<UserPassword?> ResetPassword(Guid user, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        var password = Passwords.Create();
        var hash = passwords.Hash(password);
        var changed = await Edit(user, "user.reset-password", caller, ct, row =>
        {
            if (row.PasswordHash is null)
                throw new AccessRefusedException(AccessProblem.SignsInElsewhere);
            row.PasswordHash = hash;
            row.MustChangePassword = true;
            row.FailedSignIns = 0;
            row.LockedUntil = null;
            row.Stamp = Guid.NewGuid();
            return true;
        });
        return changed is null ? null : new(changed, password);
    }

    /// <summary>Removes one; false when there is no such user.</summary>
    /// <exception cref="AccessRefusedException">It is the caller, or the last administrator.</exception>
    public async Task<bool> Remove(Guid user, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        await LockAdministrators(session, ct);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Users.FindAsync([user], ct) is not { } row)
            return false;
        if (row.Name == caller.Name)
            throw new AccessRefusedException(AccessProblem.Oneself);
        context.Remove(row);
        await context.SaveChangesAsync(ct);
        await DemandAdministrator(context, ct);
        await audit.Write(session, caller, "user.remove", row.Name, State(row), null, ct);
        await session.Commit(ct);
        sessions.ForgetUser(user);
        return true;
    }

    /// <summary>Changes one's own password; all other sessions of the user are over. Returns who is signed in from now on.</summary>
    /// <exception cref="AccessRefusedException">It cannot be; the problem says why.</exception>
    public async Task<ClaimsPrincipal> ChangeOwnPassword(ClaimsPrincipal principal, string? present, string? wanted, CancellationToken ct)
    {
        var user = AccessClaims.UserOf(principal) ?? throw new AccessRefusedException(AccessProblem.SignsInElsewhere);
        var caller = Caller.Of(principal);
        if (!rate.Allows(null, caller.Name))
            throw new AccessRefusedException(AccessProblem.TooManyTries);
        var hash = await HashOf(user, ct) ?? throw new AccessRefusedException(AccessProblem.SignsInElsewhere);
        if (!passwords.Verify(hash, present ?? "", out _))
        {
            await audit.Write(caller, "user.change-password.failed", caller.Name, null, null, ct);
            throw new AccessRefusedException(AccessProblem.PasswordWrong);
        }
        wanted ??= "";
        if (PasswordRules.Fault(wanted, caller.Name) is { } fault)
            throw new AccessRefusedException(fault);
        if (wanted == present)
            throw new AccessRefusedException(AccessProblem.PasswordSame);
        var wantedHash = passwords.Hash(wanted);
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        // Somebody may have given the user another one meanwhile.
        if (await context.Users.FindAsync([user], ct) is not { Disabled: false } row || row.PasswordHash != hash)
            throw new AccessRefusedException(AccessProblem.PasswordWrong);
        row.PasswordHash = wantedHash;
        row.MustChangePassword = false;
        row.FailedSignIns = 0;
        row.LockedUntil = null;
        row.Stamp = Guid.NewGuid();
        await context.SaveChangesAsync(ct);
        await audit.Write(session, caller, "user.change-password", row.Name, null, null, ct);
        await session.Commit(ct);
        sessions.ForgetUser(user);
        return AccessClaims.OfUser(user, row.Name, caller.Role, caller.Limits, row.Stamp, false);
    }

    /// <summary>Ends all sessions of whoever asks.</summary>
    public async Task EndOwnSessions(ClaimsPrincipal principal, CancellationToken ct)
    {
        if (AccessClaims.UserOf(principal) is not { } user)
            return;
        var caller = Caller.Of(principal);
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Users.FindAsync([user], ct) is not { } row)
            return;
        row.Stamp = Guid.NewGuid();
        await context.SaveChangesAsync(ct);
        await audit.Write(session, caller, "user.end-sessions", row.Name, null, null, ct);
        await session.Commit(ct);
        sessions.ForgetUser(user);
    }

    /// <summary>Whether whoever is signed in has a password here.</summary>
    public async Task<bool> HasPassword(ClaimsPrincipal principal, CancellationToken ct) =>
        AccessClaims.UserOf(principal) is { } user && await HashOf(user, ct) is not null;

    async Task<UserView?> Edit(Guid user, string what, Caller caller, CancellationToken ct, Func<UserRow, bool> change)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        await LockAdministrators(session, ct);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Users.FindAsync([user], ct) is not { } row)
            return null;
        var before = State(row);
        if (change(row))
        {
            await context.SaveChangesAsync(ct);
            await DemandAdministrator(context, ct);
            await audit.Write(session, caller, what, row.Name, before, State(row), ct);
        }
        await session.Commit(ct);
        sessions.ForgetUser(user);
        return UserView.Of(row, time.GetUtcNow());
    }

    async Task<string?> HashOf(Guid user, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await Rows(session).Where(row => row.UserId == user).Select(row => row.PasswordHash).FirstOrDefaultAsync(ct);
    }

    // Two administrators who take the rights from each other at the same time: the second sees that it would be the last.
    static Task LockAdministrators(DbSession session, CancellationToken ct) => session.Query<Guid>(
        $"select user_id from console_users where role = '{Role.Administrator}' {session.Dialect.ForUpdate}", null, ct);

    static async Task DemandAdministrator(ConsoleContext context, CancellationToken ct)
    {
        var administrator = Role.Administrator.ToString();
        if (!await context.Users.AnyAsync(row => row.Role == administrator && !row.Disabled && row.Limits == null, ct))
            throw new AccessRefusedException(AccessProblem.LastAdministrator);
    }

    static DbSet<UserRow> Rows(DbSession session) => session.Use(ConsoleContext.Schema).Users;

    static void Demand(Caller caller)
    {
        caller.Demand(Role.Administrator);
        caller.DemandNoLimits();
    }

    static object State(UserRow row) => new
    {
        row.Role, Limits = row.Limits is null ? null : LabelLimits.FromJson(row.Limits).Values, row.Disabled, row.MustChangePassword,
    };
}
