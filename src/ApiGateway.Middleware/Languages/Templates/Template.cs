using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates.Parsing;
using ApiGateway.Middleware.Languages.Templates.Syntax;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>A compiled mapping template: the Velocity Template Language as Amazon API Gateway accepts it.</summary>
/// <remarks>Immutable. Any number of threads may render it at once.</remarks>
internal sealed class Template
{
    private readonly TemplateNode _root;
    private readonly string[] _names;
    private readonly TemplateLimits _limits;
    private RenderContext? _spare;

    internal Template(TemplateNode root, string[] names, TemplateLimits limits)
    {
        _root = root;
        _names = names;
        _limits = limits;
    }

    /// <summary>Compiles a template.</summary>
    /// <param name="text">The template's text.</param>
    /// <param name="limits">What the template and its renderings may use.</param>
    /// <param name="template">The template, if the text is one.</param>
    /// <param name="error">Where and why the text is no template.</param>
    public static bool TryParse(
        string text,
        TemplateLimits limits,
        [NotNullWhen(true)] out Template? template,
        [NotNullWhen(false)] out TemplateSyntaxError? error) =>
        TemplateCompiler.TryCompile(text, limits, out template, out error);

    /// <summary>Renders the template.</summary>
    /// <param name="scope">The variables.</param>
    /// <param name="output">Where the text goes, as UTF-8. Receives nothing if the rendering fails.</param>
    /// <exception cref="TemplateLimitException">The rendering went beyond a limit.</exception>
    /// <exception cref="TemplateRenderException">The template asked for something that cannot be done.</exception>
    public void Render(TemplateScope scope, IBufferWriter<byte> output)
    {
        if (output is PooledBufferWriter pooled)
        {
            Render(scope, pooled);
            return;
        }

        using var buffer = new PooledBufferWriter();
        Render(scope, buffer);
        output.Write(buffer.WrittenSpan);
    }

    private void Render(TemplateScope scope, PooledBufferWriter output)
    {
        var start = output.Length;
        var limit = output.Limit;
        output.Limit = (int)Math.Min(limit, (long)start + _limits.MaxOutputBytes);

        var context = Interlocked.Exchange(ref _spare, null) ?? new RenderContext(_names, _limits);
        context.Start(scope, output);

        var isComplete = false;
        try
        {
            _root.Render(context);
            isComplete = true;
        }
        catch (BufferLimitException e)
        {
            throw new TemplateLimitException($"The output would have more than {_limits.MaxOutputBytes} bytes.", e);
        }
        catch (ValueLimitException e)
        {
            throw new TemplateLimitException(e.Message, e);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new TemplateLimitException("A regular expression takes too long.", e);
        }
        finally
        {
            if (!isComplete)
            {
                output.Truncate(start);
            }

            output.Limit = limit;
            context.Finish();
            Volatile.Write(ref _spare, context);
        }
    }
}
