using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>Reads what the script says that takes all or nothing.</summary>
internal static class EnterAnswer
{
    private const int HeadLength = 2;
    private const int LevelLength = 9;

    public static bool IsAllowed(ReadOnlySpan<byte> answer) => !answer.IsEmpty && answer[0] == (byte)ThrottleDecision.Allowed;

    public static ThrottleDecision DecisionOf(ReadOnlySpan<byte> answer) => (ThrottleDecision)answer[0];

    /// <summary>Gets which of the levels that were asked refuses.</summary>
    public static int RefusingOf(ReadOnlySpan<byte> answer) => answer[1];

    /// <summary>Gets what the quota has left, or a number below 0.</summary>
    public static double LeftOf(ReadOnlySpan<byte> answer) => BinaryPrimitives.ReadDoubleLittleEndian(answer[^sizeof(double)..]);

    /// <summary>Writes what was found to a level.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="asked">Which of the levels that were asked it is.</param>
    /// <param name="level">The level.</param>
    public static void Read(ReadOnlySpan<byte> answer, int asked, ref ThrottleLevel level)
    {
        // Levels after one that refuses were not looked at.
        var start = HeadLength + (asked * LevelLength);
        if (start + LevelLength + sizeof(double) <= answer.Length)
        {
            level.IsExceeded = answer[start] != 0;
            level.Remaining = BinaryPrimitives.ReadDoubleLittleEndian(answer[(start + 1)..]);
        }
    }
}
