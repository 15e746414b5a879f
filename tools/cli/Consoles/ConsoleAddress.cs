using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Sigma.Cli.Consoles;

/// <summary>A console that is asked instead of the database and the broker, and the token for it. No record: those print what they hold.</summary>
internal sealed partial class ConsoleAddress
{
    const string AddressVariable = "SIGMA_CONSOLE", TokenVariable = "SIGMA_TOKEN";
    const int LongestToken = 4096;

    public static readonly Option<string?> Console = new("--console")
    {
        Description = "Address of a console, which is asked instead of the database and the broker: no other setting is needed then "
            + $"[default: {AddressVariable}, unless --env-file or --data is said]",
        HelpName = "url", Recursive = true,
    };

    public static readonly Option<FileInfo?> TokenFile = new("--token-file")
    {
        Description = $"File with a token of the console, made on its page of tokens [default: what {TokenVariable} says]", HelpName = "file",
        Recursive = true,
    };

    public static readonly Option<bool> AllowPlainHttp = new("--allow-plain-http")
    {
        Description = "Sends the token in clear to a console that is on another machine and has no https", Recursive = true,
    };

    ConsoleAddress(Uri root, string token)
    {
        Root = root;
        Token = token;
    }

    /// <summary>Where it is, with a slash at its end.</summary>
    public Uri Root { get; }

    /// <summary>Never to be shown.</summary>
    public string Token { get; }

    /// <summary>The one that was typed or that the environment names; null when there is none.</summary>
    /// <param name="typed">The command.</param>
    /// <param name="environment">A variable by its name.</param>
    /// <exception cref="UsageException">It is none, or there is no token for it.</exception>
    public static ConsoleAddress? Of(ParseResult typed, Func<string, string?> environment)
    {
        if (Said(typed, environment) is not { } address)
            return typed.GetValue(TokenFile) is null ? null
                : throw new UsageException($"--token-file is for a console: say --console or {AddressVariable} too.");
        if (typed.CommandResult.Children.OfType<OptionResult>().Any(option => option is { Option.Name: "--by", Implicit: false }))
            throw new UsageException("--by cannot be said to a console: it knows who does it by the token.");
        return new(Checked(address, typed.GetValue(AllowPlainHttp)), ReadToken(typed.GetValue(TokenFile), environment(TokenVariable)));
    }

    /// <summary>Whether there is one, whatever is wrong with it.</summary>
    public static bool IsNamed(ParseResult typed, Func<string, string?> environment) => Said(typed, environment) is not null;

    // What was typed is more than what the environment says, and so are settings that were typed.
    static string? Said(ParseResult typed, Func<string, string?> environment)
    {
        var isLocal = typed.GetValue(CommandLine.EnvFile) is not null || typed.GetValue(CommandLine.Data) is not null;
        if (typed.GetValue(Console) is { } said)
            return !isLocal ? said.Trim()
                : throw new UsageException("Say either --console, or --env-file and --data: a console needs no settings of the services.");
        return !isLocal && environment(AddressVariable) is { } variable && variable.Trim() is { Length: > 0 } address ? address : null;
    }

    static Uri Checked(string address, bool allowPlainHttp)
    {
        // What was typed may have a password in it: it is not said again.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0
            || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new UsageException(
                "The address of the console is not understood: write https://console.example, without a name, password or query.");
        if (uri.Scheme == "http" && !uri.IsLoopback && !allowPlainHttp)
            throw new UsageException($"{uri.GetLeftPart(UriPartial.Authority)} is not https: the token would travel in clear. "
                + "If nobody else can listen there, say --allow-plain-http.");
        return uri.AbsolutePath.EndsWith('/') ? uri : new UriBuilder(uri) { Path = uri.AbsolutePath + "/" }.Uri;
    }

    static string ReadToken(FileInfo? file, string? variable)
    {
        if (file is not null)
            return Valid(Text(file)) ?? throw new UsageException($"There is no token in {file.FullName}: it is one line, as the console showed it.");
        if (string.IsNullOrWhiteSpace(variable))
            throw new UsageException($"The console wants a token: say --token-file, or set {TokenVariable}.");
        return Valid(variable) ?? throw new UsageException($"{TokenVariable} is no token: it is one line, as the console showed it.");
    }

    static string Text(FileInfo file)
    {
        try
        {
            using var reader = file.OpenText();
            var text = new char[LongestToken + 1];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file {file.FullName}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {file.FullName} cannot be read.");
        }
    }

    static string? Valid(string text) => text.Length <= LongestToken && Shape().IsMatch(text.Trim()) ? text.Trim() : null;

    [GeneratedRegex(@"^[A-Za-z0-9._~+/=-]+\z")]
    private static partial Regex Shape();
}
