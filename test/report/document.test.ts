import { describe, expect, test } from 'vitest';
import { chapter, renderDocument } from '../../src/report/render/document.ts';
import { reportSection } from '../../src/report/render/html.ts';
import { html } from '../../src/report/render/html-text.ts';
import { pageHtml } from '../../src/report/render/page-html.ts';
import { whySection } from '../../src/report/render/why-html.ts';
import { expectGolden } from './golden.ts';
import { found, why } from './samples.ts';
import { unbalanced } from './unbalanced.ts';

const story = renderDocument({
  title: 'The incident',
  sections: [
    html`<h1>From the first 403 to the proven repair</h1>`,
    chapter('Before', ['The client logs on: 200.']),
    whySection(why, 'What the server asks for after the renewal'),
    reportSection(found, 'What the evidence says'),
    chapter('After', ['The client logs on again: 200.'], [html`<pre>netsh http show sslcert</pre>`]),
  ],
  foot: 'Handclasp 0.1.0',
});

describe('a page of several sections', () => {
  test('story.html', () => expectGolden('story.html', story));
  test('has one h1, and every element is closed', () => {
    expect(story.match(/<h1>/g)).toHaveLength(1);
    expect(unbalanced(story)).toEqual([]);
  });
});

describe('the template', () => {
  test('escapes text and attributes, takes pieces as they are, null as nothing', () => {
    const piece = html`<b>${'<&"'}</b>`;
    expect(html`<i title="${'"><x'}">${piece}${null}${['a<', piece]}${7}</i>`.source).toBe(
      '<i title="&quot;&gt;&lt;x"><b>&lt;&amp;&quot;</b>a&lt;<b>&lt;&amp;&quot;</b>7</i>',
    );
  });
});

describe('a page in Markdown', () => {
  test('headings, lists, fences, paragraphs, code, strong, links', () => {
    const source = pageHtml(
      '# T\n\ntext `a<b` and **s** *e*\nmore [l](https://example.com/?a=1&b=2)\n\n- one\n  goes on\n- two\n\n1. first\n\n```\nx <y>\n\nz\n```\nend',
    ).source;
    expect(source).toBe(
      '<div class="page"><h4>T</h4><p>text <code>a&lt;b</code> and <strong>s</strong> <em>e</em> more <a href="https://example.com/?a=1&amp;b=2" rel="noreferrer">l</a></p><ul><li>one goes on</li><li>two</li></ul><ol><li>first</li></ol><pre>x &lt;y&gt;\n\nz</pre><p>end</p></div>',
    );
  });
  test('links to anything but https stay text', () => {
    expect(pageHtml('[x](javascript:alert(1)) <img src=x>').source).toBe(
      '<div class="page"><p>[x](javascript:alert(1)) &lt;img src=x&gt;</p></div>',
    );
  });
  test('a fence that is never closed ends with the page', () => {
    expect(pageHtml('```\nx').source).toBe('<div class="page"><pre>x</pre></div>');
  });
});
