namespace Sigma.Simulator.ChatPro;

/// <summary>What differs between ChatPro's versions.</summary>
public sealed class ChatProSwitches
{
    /// <summary>The status of a message taken: 201, or 200 as older versions answered. Default: 201.</summary>
    public int SuccessStatus { get; set; } = 201;

    /// <summary>What send_message does while the phone is not connected. Default: it takes messages.</summary>
    public WhenNotConnected WhenNotConnected { get; set; } = WhenNotConnected.Takes;

    /// <summary>Numbers and JIDs that are not on WhatsApp and answer 400.</summary>
    public string[] NotOnWhatsApp { get; set; } = [];
}

/// <summary>What becomes of a message while the phone is not connected.</summary>
public enum WhenNotConnected
{
    /// <summary>It is taken, as ChatPro queues it.</summary>
    Takes,

    /// <summary>It is refused with 400.</summary>
    Refuses,

    /// <summary>It is refused within a 200: <c>status</c> is false.</summary>
    SaysNo,
}
