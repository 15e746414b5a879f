using Microsoft.Extensions.Configuration;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;

namespace Sigma.UnitTests.Docs;

public sealed class Settings_of_the_channels
{
    const string Prefix = "    Notifier__Receivers__";

    static readonly IReadOnlyList<string> Shown = [.. Read(Page.Read("docs/channels.md").Lines)];

    public static TheoryData<string> Blocks => [.. Shown];

    [Theory, MemberData(nameof(Blocks))]
    public void As_the_documentation_shows_them_are_taken(string block)
    {
        Dictionary<string, string?> settings = new() { ["ChatPro:InstanceId"] = "instance", ["ChatPro:Token"] = "token" };
        foreach (var setting in block.Split('\n').Prepend("Notifier__Receivers__0__Name=station").Select(line => line.Split('=', 2)))
            settings[setting[0].Replace("__", ":")] = setting[1];

        var receivers = ReceiverSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.NotEmpty(receivers.Integrations);
        Assert.All(receivers.Integrations, integration => Assert.Contains($"={integration.Type.Name}", block));
    }

    [Fact]
    public void Are_shown_for_every_type()
    {
        var shown = string.Join('\n', Shown);
        Assert.All(ChannelTypes.Names, name => Assert.Contains($"__Type={name}", shown));
    }

    /// <summary>The settings that a page shows, each block by itself.</summary>
    static IEnumerable<string> Read(IEnumerable<string> lines)
    {
        List<string> block = [];
        foreach (var line in lines.Append(""))
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
                block.Add(line.Trim());
            else if (block.Count > 0)
            {
                yield return string.Join('\n', block);
                block.Clear();
            }
        }
    }
}
