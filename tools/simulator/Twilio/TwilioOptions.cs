namespace Sigma.Simulator.Twilio;

/// <summary>A Twilio account.</summary>
public sealed class TwilioOptions
{
    /// <summary>The account, part of every address and the user of Basic auth.</summary>
    public string AccountSid { get; set; } = "AC00000000000000000000000000000001";

    /// <summary>The password of Basic auth.</summary>
    public string AuthToken { get; set; } = "simulated-twilio-token";

    /// <summary>The numbers the account may send from, separated by spaces; empty for any. Default: empty.</summary>
    public string Numbers { get; set; } = "";

    /// <summary>Simulated time from queued to sent. Default: 1 s.</summary>
    public TimeSpan SentAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Simulated time from queued until the final status. Default: 3 s.</summary>
    public TimeSpan FinalAfter { get; set; } = TimeSpan.FromSeconds(3);
}
