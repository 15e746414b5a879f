using System.Net;
using System.Security.Claims;
using Sigma.OperatorConsole.Audit;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.SignIn;

/// <summary>
/// Decides who signs in by name and password. An unknown name, a wrong password, a user who is locked out or disabled: the answer is one and the
/// same, and takes the same steps.
/// </summary>
internal sealed class SignInCheck(Database database, Passwords passwords, SignInRate rate, AuditLog audit, TimeProvider time)
{
    const string FailedSignIn = "sign-in.failed";

    // Whatever else is going on, a look at the log ends there.
    const int MostEntries = 2_000;

    static readonly Caller Anonymous = new("anonymous", Role.Viewer, LabelLimits.None);

    /// <summary>Tries a name with a password.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">From where.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<SignInResult> Try(string? name, string? password, IPAddress? address, CancellationToken ct)
    {
        var known = UserNames.Of(name);
        if (known.Length > UserNames.Longest)
            known = known[..UserNames.Longest];
        password ??= "";
        if (password.Length > PasswordRules.Longest)
            password = "";
        if (!rate.Allows(address, known) || await HasFailedTooOften(address, ct))
            return SignInResult.TooMany;
        var user = await Find(known, ct);
        var isRight = passwords.Verify(user?.PasswordHash, password, out var isOld);
        await using var session = await database.Begin(ct);
        var isIn = isRight && await Succeed(session, user!, isOld ? passwords.Hash(password) : user!.PasswordHash!, ct);
        if (!isIn)
            await Fail(session, known, ct);
        // An unknown name is not written down: it may be a password that was typed in the wrong field.
        await audit.Write(session, isIn ? user!.Caller : Anonymous, isIn ? "sign-in" : FailedSignIn, user?.Name, null, null, ct);
        await session.Commit(ct);
        return isIn ? new(AccessClaims.OfUser(user!.UserId, user.Name, user.KnownRole!.Value, user.KnownLimits, user.Stamp,
            user.MustChangePassword), false) : SignInResult.Refused;
    }

    // Each console counts tries before it looks at them; here count those that failed at any of them.
    async Task<bool> HasFailedTooOften(IPAddress? address, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.First<int>( // ix_console_audit_at
            $"""
            select count(*) from (select what, address from console_audit where at > @since order by at desc, id desc limit {MostEntries}) latest
            where what = '{FailedSignIn}' and address = @address
            """, new { since = (time.GetUtcNow() - SignInRate.Period).ToUnixTimeMilliseconds(), address = AuditLog.TextOf(address) }, ct)
            >= SignInRate.OfAddress;
    }

    async Task<User?> Find(string name, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.First<User>( // uq_console_users_name
            """
            select user_id UserId, name Name, password_hash PasswordHash, role Role, limits Limits, must_change_password MustChangePassword,
              stamp Stamp
            from console_users where name = @name
            """, new { name }, ct);
    }

    // Somebody may have locked, disabled or changed them while the password was hashed.
    async Task<bool> Succeed(DbSession session, User user, string hash, CancellationToken ct) => user.KnownRole is not null && await session.Execute(
        """
        update console_users set failed_sign_ins = 0, locked_until = null, last_sign_in_at = @now, password_hash = @hash
        where user_id = @UserId and stamp = @Stamp and not disabled and (locked_until is null or locked_until <= @now)
        """, // primary key
        new { user.UserId, user.Stamp, hash, now = time.Milliseconds() }, ct) == 1;

    // While nobody gets in, tries do not count: whoever knows the password is not kept out for ever.
    async Task Fail(DbSession session, string name, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var args = new { name, now = now.ToUnixTimeMilliseconds() };
        var counted = await session.Execute( // uq_console_users_name
            """
            update console_users set failed_sign_ins = failed_sign_ins + 1 where name = @name and (locked_until is null or locked_until <= @now)
            """, args, ct);
        var failures = await session.First<int>("select failed_sign_ins from console_users where name = @name", args, ct);
        await session.Execute(
            "update console_users set locked_until = @until where name = @name and @counted = 1",
            new { name, counted, until = LockOut.After(failures) is { Ticks: > 0 } wait ? (now + wait).ToUnixTimeMilliseconds() : (long?)null }, ct);
    }

    sealed class User
    {
        public Guid UserId { get; init; }
        public string Name { get; init; } = "";
        public string? PasswordHash { get; init; }
        public string Role { get; init; } = "";
        public string? Limits { get; init; }
        public bool MustChangePassword { get; init; }
        public Guid Stamp { get; init; }

        public Role? KnownRole => RoleNames.Read(Role);
        public LabelLimits KnownLimits => LabelLimits.FromJson(Limits);
        public Caller Caller => new(Name, KnownRole!.Value, KnownLimits);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Principal">Who is signed in; null when nobody is.</param>
/// <param name="IsTooMany">Too many tries in a short time: the password was not looked at.</param>
internal sealed record SignInResult(ClaimsPrincipal? Principal, bool IsTooMany)
{
    public static readonly SignInResult Refused = new(null, false), TooMany = new(null, true);
}
