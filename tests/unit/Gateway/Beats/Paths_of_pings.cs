using Sigma.Gateway.Beats;

namespace Sigma.UnitTests.Gateway.Beats;

public sealed class Paths_of_pings
{
    [Theory]
    [InlineData(null, null, "Success", null, null)]
    [InlineData("start", null, "Start", null, null)]
    [InlineData("fail", null, "Failure", null, null)]
    [InlineData("log", null, "Log", null, null)]
    [InlineData("0", null, "Success", null, 0)]
    [InlineData("database-backup", "137", "Failure", "database-backup", 137)]
    [InlineData("Database-Backup", null, "Success", "database-backup", null)]
    [InlineData("5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278", "log", "Log", "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278", null)]
    public void Says_what_a_path_says(string? first, string? second, string kind, string? slug, int? exitCode)
    {
        var ping = Ping.Parse(first, second);
        Assert.Equal((kind, slug, exitCode), (ping.Kind.ToString(), ping.Slug, ping.ExitCode));
    }

    [Theory]
    [InlineData("256", null, "an exit code is at most 255")]
    [InlineData("backup", "99999999999", "an exit code is at most 255")]
    [InlineData("backup", "now", "after the slug comes start, fail, log or an exit code")]
    [InlineData("a b", null, "a slug is 1 to 100 letters, digits, dashes, dots and underscores")]
    public void Refuses_what_is_none(string first, string? second, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Ping.Parse(first, second)).Message);
}
