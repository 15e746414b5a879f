using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Users;

/// <summary>
/// Where there is no user yet, makes the administrator of the settings at the start. A password that is made up is printed once, to the output and
/// not to the log, and must be changed; one of the settings is taken as it is. A demonstration, which signs in whoever sits there, makes up none.
/// </summary>
internal sealed class FirstAdministrator(Database database, Passwords passwords, IOptions<ConsoleOptions> options, TimeProvider time,
    AdministratorOutput output) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Run(passwords.Prepare, cancellationToken);
        await using var session = await database.Begin(cancellationToken);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Users.AnyAsync(cancellationToken))
            return;
        var settings = options.Value;
        var isMade = settings.AdministratorPassword.Length == 0;
        if (isMade && settings.SignInOnLoopback)
            return;
        var password = isMade ? Passwords.Create() : settings.AdministratorPassword;
        UserRow row = new()
        {
            UserId = Guid.CreateVersion7(), Name = UserNames.Of(settings.AdministratorName), PasswordHash = passwords.Hash(password),
            Role = Role.Administrator.ToString(), MustChangePassword = isMade, Stamp = Guid.NewGuid(), CreatedAt = time.GetUtcNow(),
        };
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await session.Commit(cancellationToken);
        }
        catch (DbUpdateException e) when (session.Dialect.IsConflict(e))
        {
            return; // another console has just made it
        }
        if (isMade)
            await output.Write($"The console's first administrator is {row.Name}, the password for the first sign-in is {password}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Where the first administrator's password is said: to who started the process.</summary>
internal sealed class AdministratorOutput
{
    /// <summary>The process's output, unless a test reads it.</summary>
    public TextWriter Writer { get; init; } = Console.Out;

    /// <summary>Says it.</summary>
    public async Task Write(string line)
    {
        await Writer.WriteLineAsync(line);
        await Writer.FlushAsync();
    }
}

/// <summary>The first administrator's name and password are such as everybody's must be.</summary>
internal sealed class AdministratorCheck : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var user = UserNames.Of(options.AdministratorName);
        if (UserNames.Fault(user) is not null)
            return ValidateOptionsResult.Fail("Console__AdministratorName is no name that a user can have");
        return options.AdministratorPassword.Length > 0 && PasswordRules.Fault(options.AdministratorPassword, user) is { } fault
            ? ValidateOptionsResult.Fail($"Console__AdministratorPassword is refused: {new AccessRefusedException(fault).Message}")
            : ValidateOptionsResult.Success;
    }
}
