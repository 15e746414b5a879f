namespace Sigma.Simulator.Slack;

/// <summary>A Slack workspace's incoming webhooks.</summary>
public sealed class SlackOptions
{
    /// <summary>The last part of every hook's address; with another one the answer is 403 invalid_token.</summary>
    public string Secret { get; set; } = "slack-secret";

    /// <summary>The token of the only bot there is.</summary>
    public string BotToken { get; set; } = "xoxb-simulated-bot";

    /// <summary>How many messages a hook takes in a minute: Slack speaks of one a second and allows short bursts. Default: 60.</summary>
    public int MessagesPerMinute { get; set; } = 60;
}
