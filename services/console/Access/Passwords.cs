using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sigma.OperatorConsole.Access;

/// <summary>Hashes passwords by ASP.NET Core Identity's hasher (PBKDF2 with HMAC-SHA512), and makes up those that are shown once.</summary>
internal sealed class Passwords
{
    const int Iterations = 210_000;

    // Nothing that looks like another when it is read out or typed.
    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int Groups = 5, OfGroup = 4;

    readonly PasswordHasher<Passwords> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => Hash(Create()));

    /// <summary>What is stored of a password.</summary>
    public string Hash(string password) => _hasher.HashPassword(this, password);

    /// <summary>
    /// Whether it is the password. Without a hash it is not, which takes the same time: who waits learns nothing of who is a user.
    /// </summary>
    public bool Verify(string? hash, string password, out bool isOld)
    {
        var result = _hasher.VerifyHashedPassword(this, hash ?? _nobodys.Value, password);
        isOld = result == PasswordVerificationResult.SuccessRehashNeeded;
        return result != PasswordVerificationResult.Failed && hash is not null;
    }

    /// <summary>Has the hash that nobody has made before somebody waits for it.</summary>
    public void Prepare() => _ = _nobodys.Value;

    /// <summary>A random password of a hundred bits, in groups that can be read out.</summary>
    public static string Create() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => new string(RandomNumberGenerator.GetItems<char>(Letters, OfGroup))));
}
