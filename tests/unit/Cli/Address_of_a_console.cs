using System.CommandLine;
using Sigma.Cli;
using Sigma.Cli.Consoles;

namespace Sigma.UnitTests.Cli;

public sealed class Address_of_a_console
{
    const string Token = "sigma_0123456789";

    [Theory]
    [InlineData("https://console.example", "https://console.example/")]
    [InlineData("https://console.example/sigma", "https://console.example/sigma/")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    public void Is_https_or_of_this_machine(string typed, string root) =>
        Assert.Equal(root, Of(["--console", typed], ("SIGMA_TOKEN", Token))!.Root.ToString());

    [Fact]
    public void Of_another_machine_without_https_is_refused_for_the_token_would_travel_in_clear()
    {
        Assert.Contains("in clear", Refusal(["--console", "http://console.example"], ("SIGMA_TOKEN", Token)));
        Assert.NotNull(Of(["--console", "http://console.example", "--allow-plain-http"], ("SIGMA_TOKEN", Token)));
    }

    [Theory]
    [InlineData("console.example")]
    [InlineData("ftp://console.example")]
    [InlineData("https://ana:secret@console.example")]
    [InlineData("https://console.example/?token=secret")]
    [InlineData("https://console.example/#secret")]
    public void That_is_none_is_refused_and_not_repeated(string typed) =>
        Assert.DoesNotContain("secret", Refusal(["--console", typed], ("SIGMA_TOKEN", Token)));

    [Fact]
    public void And_the_token_are_taken_from_the_environment()
    {
        var console = Of([], ("SIGMA_CONSOLE", " https://console.example "), ("SIGMA_TOKEN", $"{Token}\n"))!;
        Assert.Equal(("https://console.example/", Token), (console.Root.ToString(), console.Token));
        Assert.Null(Of([], ("SIGMA_CONSOLE", " ")));
        Assert.Null(Of([]));
    }

    [Fact]
    public void Of_the_environment_gives_way_to_settings_that_are_typed()
    {
        Assert.Null(Of(["--env-file", "there.env"], ("SIGMA_CONSOLE", "https://console.example")));
        Assert.Contains("either --console", Refusal(["--console", "https://console.example", "--data", "there.db"]));
    }

    [Fact]
    public void Wants_a_token_and_never_shows_it()
    {
        Assert.Contains("--token-file", Refusal(["--console", "https://console.example"]));
        Assert.DoesNotContain("with spaces", Refusal(["--console", "https://console.example"], ("SIGMA_TOKEN", "with spaces")));
        Assert.DoesNotContain(Token, Of(["--console", "https://console.example"], ("SIGMA_TOKEN", Token))!.ToString());
    }

    [Fact]
    public void Takes_the_token_of_a_file_before_that_of_the_environment()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "sigma_of-the-file\r\n");
        Assert.Equal("sigma_of-the-file", Of(["--console", "https://console.example", "--token-file", file], ("SIGMA_TOKEN", Token))!.Token);
        File.WriteAllText(file, "two\nlines");
        Assert.Contains("no token in", Refusal(["--console", "https://console.example", "--token-file", file], ("SIGMA_TOKEN", Token)));
        File.Delete(file);
        Assert.StartsWith("There is no file", Refusal(["--console", "https://console.example", "--token-file", file]));
        Assert.Contains("is for a console", Refusal(["--token-file", file]));
    }

    static string Refusal(string[] args, params (string Name, string Value)[] environment) =>
        Assert.Throws<UsageException>(() => Of(args, environment)).Message;

    static ConsoleAddress? Of(string[] args, params (string Name, string Value)[] environment)
    {
        RootCommand root = new()
        {
            ConsoleAddress.Console, ConsoleAddress.TokenFile, ConsoleAddress.AllowPlainHttp, CommandLine.EnvFile, CommandLine.Data,
        };
        return ConsoleAddress.Of(root.Parse(args), name => environment.FirstOrDefault(variable => variable.Name == name).Value);
    }
}
