namespace Sigma.Simulator.ChatPro;

/// <summary>What differs between ChatPro's versions.</summary>
public sealed class ChatProSwitches
{
    /// <summary>The status of a message taken: 201, or 200 as older versions answered. Default: 201.</summary>
    public int SuccessStatus { get; set; } = 201;

    /// <summary>Numbers and JIDs that are not on WhatsApp and answer 400.</summary>
    public string[] NotOnWhatsApp { get; set; } = [];
}
