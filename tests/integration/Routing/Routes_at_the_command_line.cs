using Sigma.IntegrationTests.Poison;

namespace Sigma.IntegrationTests.Routing;

public sealed class Routes_at_the_command_line
{
    static readonly Dictionary<string, string?> Settings = new()
    {
        ["ChatPro:InstanceId"] = "instance", ["ChatPro:Recipient"] = "1", ["ChatPro:Token"] = "token",
        ["Notifier:Receivers:0:Name"] = "operators", ["Notifier:Receivers:0:Integrations:0:Name"] = "group",
        ["Notifier:Receivers:0:Integrations:0:Type"] = "whatsapp",
        ["Notifier:Receivers:0:Integrations:0:ChatPro:Recipient"] = "120363000000000000@g.us",
        ["Notifier:Receivers:1:Name"] = "owner", ["Notifier:Receivers:1:Integrations:0:Name"] = "owner-phone",
        ["Notifier:Receivers:1:Integrations:0:Type"] = "whatsapp", ["Notifier:Receivers:1:Integrations:0:ChatPro:Recipient"] = "5511999990000",
        ["Notifier:Routes:0:Name"] = "critical", ["Notifier:Routes:0:Matchers:0"] = "severity=critical", ["Notifier:Routes:0:Receiver"] = "owner",
        ["Notifier:Routes:0:Continue"] = "true", ["Notifier:Routes:1:Name"] = "office", ["Notifier:Routes:1:Matchers:0"] = "code=~E6..",
        ["Notifier:Routes:1:Hours:0"] = "mon-fri 08:00-18:00 UTC", ["Notifier:Routes:1:Receiver"] = "operators",
    };

    [Fact]
    public async Task Show_the_path_the_receivers_and_what_holds_back()
    {
        using Shell shell = new(Settings);

        var sunday = await shell.Sigma("routes", "test", "code=E602", "--severity", "critical", "--at", "2026-11-29T12:00:00Z");
        Assert.Equal(0, sunday.ExitCode);
        Assert.Equal(
            """
            owner: owner-phone
              by    critical
            operators: group
              by    office
              held  out of hours (office: mon-fri 08:00-18:00 UTC) until 2026-11-30 08:00Z

            """.ReplaceLineEndings(), sunday.Output.ReplaceLineEndings());
        Assert.Equal(["operators: group", "  by    no route fits, so the first receiver"],
            (await shell.Sigma("routes", "test", "code=E130")).Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(0, "2026-11-30T12:00:00Z", "owner", "operators")]
    [InlineData(0, "2026-11-29T12:00:00Z", "owner")]
    [InlineData(1, "2026-11-29T12:00:00Z", "owner", "operators")]
    [InlineData(1, "2026-11-30T12:00:00Z", "operators")]
    [InlineData(1, "2026-11-30T12:00:00Z", "-")]
    public async Task End_with_1_when_others_would_be_told_than_was_expected(int exitCode, string at, params string[] expected)
    {
        using Shell shell = new(Settings);

        var answer = await shell.Sigma(
            ["routes", "test", "code=E602", "--severity", "critical", "--at", at, .. expected.SelectMany(e => new[] { "--expect", e })]);

        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Equal(exitCode == 1, answer.Output.Contains("and told would be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Say_what_is_wrong_with_the_settings_and_with_what_was_typed()
    {
        using Shell wrong = new(new Dictionary<string, string?>(Settings)
            { ["Notifier:Routes:1:Receiver"] = "nobody", ["Notifier:Routes:1:Parent"] = "office" });
        var answer = await wrong.Sigma("routes", "test");
        Assert.Equal((78, "sigma cannot start: Notifier__Routes__1__Parent is office, which is no route that stands before it; "
            + "Notifier__Routes__1__Receiver is nobody, which is none of the receivers: operators, owner"), (answer.ExitCode, answer.Error.Trim()));

        using Shell shell = new(Settings);
        Assert.Equal((2, "E602 is no label, or is there twice: write name=value."), await Error("routes", "test", "E602"));

        async Task<(int, string)> Error(params string[] args) => await shell.Sigma(args) is var said ? (said.ExitCode, said.Error.Trim()) : default;
    }
}
